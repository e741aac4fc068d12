import { createHash, hkdfSync } from 'node:crypto';

const KEY_BYTES = 32;
const MAX_KEYS = 10;

/** One key of ENCRYPTION_KEY. */
export interface PlatformKey {
  /** 12 hex digits made from the key; says which key sealed something, and nothing about the key. */
  id: string;
  key: Buffer;
}

/** Newest first: the first seals, all open. */
export type Keyring = readonly [PlatformKey, ...PlatformKey[]];

/**
 * Reads ENCRYPTION_KEY: up to ten keys of 32 random bytes in base64, newest first, separated by commas.
 * @throws Error when there is none, one is not 32 bytes, or one is there twice; it never names any part of a key
 */
export const readKeyring = (text: string): Keyring => {
  const [first, ...others] = text.split(',').map(readKey);
  if (!first || others.length >= MAX_KEYS) throw new Error(`ENCRYPTION_KEY must hold 1 to ${MAX_KEYS} keys`);
  const ring: Keyring = [first, ...others];
  if (new Set(ring.map(({ id }) => id)).size < ring.length) throw new Error('ENCRYPTION_KEY holds a key twice');
  return ring;
};

/** A key for one purpose, made from another (HKDF-SHA-256, RFC 5869). */
export const deriveKey = (key: Buffer, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `rally:${purpose}`, KEY_BYTES));

const readKey = (text: string): PlatformKey => {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== KEY_BYTES) throw new Error('ENCRYPTION_KEY must be 32 random bytes in base64');
  return { id: createHash('sha256').update(deriveKey(key, 'key id')).digest('hex').slice(0, 12), key };
};
