import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIdempotencyKey } from '../../src/platform/idempotency-key.ts';

test('a key is Unicode of 1 to 200 characters, and comes through as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 100 }), (key) => {
      fc.pre(!key.includes('\0'));
      expect(readIdempotencyKey(key)).toBe(key);
    }),
  );
});

test.each([[''], ['x'.repeat(201)], ['a\0b'], ['\ud800'], ['a\udc00b'], [7], [true], [null], [{}], [['key']]])(
  '%j is none, and is refused by its name',
  (raw) => {
    expect(() => readIdempotencyKey(raw)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        details: expect.objectContaining({ issues: [expect.objectContaining({ path: 'idempotencyKey' })] }),
      }),
    );
  },
);
