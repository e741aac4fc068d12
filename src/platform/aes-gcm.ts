import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Random bytes for the next nonces: the system is asked once for 256 of them, for asking costs more than encrypting. */
const pool = Buffer.alloc(IV_BYTES * 256);
let usedBytes = pool.length;

const newNonce = (): Buffer => {
  if (usedBytes === pool.length) {
    randomFillSync(pool);
    usedBytes = 0;
  }
  usedBytes += IV_BYTES;
  // A copy: the pool is overwritten.
  return Buffer.from(pool.subarray(usedBytes - IV_BYTES, usedBytes));
};

/**
 * AES-256-GCM under a fresh nonce: nonce, tag, ciphertext. 2^32 texts a key are safe with random nonces (NIST SP 800-38D,
 * section 8.3).
 * @param context where the text belongs; it opens nowhere else
 */
export const encrypt = (key: Buffer, plain: string | Buffer, context: string): Buffer => {
  const iv = newNonce();
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const body = [typeof plain === 'string' ? cipher.update(plain, 'utf8') : cipher.update(plain), cipher.final()];
  return Buffer.concat([iv, cipher.getAuthTag(), ...body]);
};

/** The reverse of `encrypt`. @throws Error when key or context are others, or a bit was changed */
export const decrypt = (key: Buffer, bytes: Buffer, context: string): Buffer => {
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), options);
  decipher.setAAD(Buffer.from(context)).setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
};
