import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BODY_LENGTH, numberIn, writeBody } from '../../../load/generator/body.ts';

test('every body has its length, tells its number and survives trimming', () => {
  const mark = fc.record({ number: fc.nat(), publisher: fc.nat({ max: 999 }), dueMicros: fc.nat() });
  fc.assert(
    fc.property(mark, (each) => {
      const body = writeBody(each);
      expect(body).toHaveLength(BODY_LENGTH);
      expect(body.trim()).toBe(body);
      expect(numberIn(body)).toBe(each.number);
    }),
  );
});

test.each(['', 'hello', '-4.1.2.x', '1e999'])(
  'knows that %j is none of ours, or tells the number it begins with',
  (body) => {
    expect([-1, 1]).toContain(numberIn(body));
  },
);
