import { generationBytes } from '../../domains/events/ticket/code.rules.ts';
import { fromBase64, type WebKey } from './base64.ts';

const PERIOD_MS = 30_000;
/** Numbers before and after the current one that are taken, for clocks that differ. */
const SKEW = 1;
const SECRET_BITS = 160;
const DIGITS = 6;

interface Proved {
  /** In base64, from the bundle of an enrolled device. */
  gateKey: string;
  admissionId: string;
  generation: number;
}

/**
 * Whether six digits are the ones that the guest's app shows now, half a minute before, or half a minute later: TOTP
 * (RFC 6238) with SHA-1 under a secret that HKDF makes of the gate key for this generation of the code.
 */
export const isProof = async ({ gateKey, admissionId, generation }: Proved, proof: string, nowMs: number) => {
  const base = await crypto.subtle.importKey('raw', fromBase64(gateKey), 'HKDF', false, ['deriveBits']);
  const info = generationBytes(admissionId, generation);
  const derivation = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info };
  const secret = await crypto.subtle.deriveBits(derivation, base, SECRET_BITS);
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign']);
  const step = Math.floor(nowMs / PERIOD_MS);
  for (let skew = -SKEW; skew <= SKEW; skew += 1) {
    if ((await numberOf(key, step + skew)) === proof) return true;
  }
  return false;
};

const numberOf = async (key: WebKey, step: number): Promise<string> => {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const digest = new DataView(await crypto.subtle.sign('HMAC', key, counter));
  // RFC 4226, section 5.3.
  const offset = digest.getUint8(digest.byteLength - 1) & 0xf;
  const number = (digest.getUint32(offset) & 0x7fff_ffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
};
