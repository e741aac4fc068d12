import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { decrypt, encrypt } from '../../src/platform/aes-gcm.ts';

const key = randomBytes(32);
const NONCE_BYTES = 12;

test('no two texts are sealed under one nonce, however many there are', () => {
  // More than are taken from the system's randomness at once.
  const texts = Array.from({ length: 600 }, () => encrypt(key, 'the same', 'here'));
  expect(new Set(texts.map((text) => text.subarray(0, NONCE_BYTES).toString('hex'))).size).toBe(texts.length);
  for (const text of texts) expect(decrypt(key, text, 'here').toString()).toBe('the same');
});

test('a text opens with its key, in its place and unchanged, and not otherwise', () => {
  const text = encrypt(key, 'secret', 'here');
  expect(decrypt(key, text, 'here').toString()).toBe('secret');
  expect(() => decrypt(key, text, 'there')).toThrow();
  expect(() => decrypt(randomBytes(32), text, 'here')).toThrow();
  for (let bit = 0; bit < text.length * 8; bit += 1) {
    const changed = Buffer.from(text);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => decrypt(key, changed, 'here'), `bit ${bit}`).toThrow();
  }
});
