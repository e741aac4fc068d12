import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, unpack } from '../../../src/platform/commits/portable.ts';

const portable = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.date({ noInvalidDate: true }),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')),
  ),
})).value;

test('brings back every value as it was, dates as dates', () => {
  fc.assert(
    fc.property(portable, (value) => {
      expect(unpack(pack({ value }))).toEqual({ value });
    }),
  );
});

test('takes nothing for a date that only looks like one', () => {
  const value = { value: { $date: '2026-01-01T00:00:00.000Z' }, dates: [['value']], at: '2026-01-01T00:00:00.000Z' };
  expect(unpack(pack(value))).toEqual(value);
});

test.each([
  ['a Map', new Map([['a', 1]])],
  ['a class instance', new URL('http://127.0.0.1/')],
  ['a bigint', 1n],
  ['an invalid date', new Date('never')],
])('names where %s stands instead of losing it', (_what, thing) => {
  expect(() => pack({ items: [{ thing }] })).toThrow('items.0.thing');
});
