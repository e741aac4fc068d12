import { createHmac, hkdfSync } from 'node:crypto';
import { generationBytes } from './code.rules.ts';

/** How long one number is shown. */
export const PROOF_PERIOD_SECONDS = 30;
/** Numbers before and after the current one that are taken, for clocks that differ. */
export const PROOF_SKEW = 1;
const DIGITS = 6;
const SECRET_BYTES = 20;

/**
 * The secret of one generation of an admission's code, which the guest's app has: HKDF-SHA-256 (RFC 5869) of the event's gate
 * key, with the 18 bytes that name the generation as `info` and no salt. 20 bytes.
 * @param gateKey 32 bytes in base64
 */
export const proofSecret = (gateKey: string, admissionId: string, generation: number): Buffer =>
  Buffer.from(
    hkdfSync('sha256', Buffer.from(gateKey, 'base64'), '', generationBytes(admissionId, generation), SECRET_BYTES),
  );

/** The number that is shown at a time: TOTP (RFC 6238) with SHA-1, six digits, half a minute each. */
export const proofAt = (secret: Buffer, atMs: number): string => {
  const step = Math.floor(atMs / (PROOF_PERIOD_SECONDS * 1_000));
  return numberOf(secret, step);
};

/** Whether a number is the one of now, of the half minute before, or of the one after. */
export const isProof = (secret: Buffer, proof: string, atMs: number): boolean => {
  const step = Math.floor(atMs / (PROOF_PERIOD_SECONDS * 1_000));
  return [-PROOF_SKEW, 0, PROOF_SKEW].some((skew) => numberOf(secret, step + skew) === proof);
};

const numberOf = (secret: Buffer, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  // RFC 4226, section 5.3.
  const offset = (digest.at(-1) ?? 0) & 0xf;
  const number = (digest.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** DIGITS;
  return String(number).padStart(DIGITS, '0');
};
