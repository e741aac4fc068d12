interface Source {
  /** 20 bytes in base64. */
  secret: string;
  periodSeconds: number;
}

/** The six digits that a door may ask for behind a code, at a time: TOTP (RFC 6238) with SHA-1. */
export const proofAt = async ({ secret, periodSeconds }: Source, atMs: number): Promise<string> => {
  const bytes = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(Math.floor(atMs / (periodSeconds * 1_000))));
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter.buffer));
  // RFC 4226, section 5.3.
  const offset = digest.getUint8(digest.byteLength - 1) & 0xf;
  const number = (digest.getUint32(offset) & 0x7fff_ffff) % 1_000_000;
  return String(number).padStart(6, '0');
};
