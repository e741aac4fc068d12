import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const IV_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealing {
  /** Encrypts text with AES-256-GCM under a fresh nonce; base64. */
  seal: (plain: string) => string;
  /** @throws Error when the text was not sealed with this key or was changed */
  open: (sealed: string) => string;
  /** HMAC-SHA-256, hex: compares values without keeping them. */
  digest: (value: string) => string;
}

/** @param keyBase64 32 random bytes. @throws Error when it is not 32 bytes */
export const createSealing = (keyBase64: string): Sealing => {
  const key = Buffer.from(keyBase64, 'base64');
  if (key.length !== 32) throw new Error('ENCRYPTION_KEY must be 32 random bytes in base64');
  return {
    seal: (plain) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64');
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed, 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES));
      decipher.setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    },
    digest: (value) => createHmac('sha256', key).update(value).digest('hex'),
  };
};

/** SHA-256, hex; for tokens that are random enough to need no slow hash. */
export const sha256 = (value: string): string => createHash('sha256').update(value).digest('hex');
