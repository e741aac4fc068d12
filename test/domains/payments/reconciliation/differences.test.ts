import fc from 'fast-check';
import { expect, test } from 'vitest';
import { differencesOf } from '../../../../src/domains/payments/reconciliation/differences.rules.ts';

interface Line {
  kind: 'PAYMENT';
  reference: string;
  paymentId: string;
  amountMinor: bigint;
  currency: string;
  day: number;
}

/** One movement of money, in our books and in the provider's report, or in one of them. Around midnight their days differ. */
const movement = fc.record({
  currency: fc.constantFrom('EUR', 'KWD'),
  amountMinor: fc.bigInt({ min: -500n, max: 500n }),
  day: fc.constantFrom(1, 2),
  isBooked: fc.boolean(),
  isReported: fc.boolean(),
  laterBy: fc.constantFrom(-1, 0, 1),
  moreBy: fc.constantFrom(0n, 0n, -7n, 3n),
  theirCurrency: fc.constantFrom(null, null, 'EUR', 'KWD'),
});

const total = (parts: readonly (readonly [currency: string, minor: bigint])[]): Record<string, bigint> => {
  const sums = { EUR: 0n, KWD: 0n } as Record<string, bigint>;
  for (const [currency, minor] of parts) sums[currency] = (sums[currency] ?? 0n) + minor;
  return sums;
};

const amountOf = ({ currency, amountMinor }: Line) => [currency, amountMinor] as const;

test('what a provider reports is what is booked and the differences, each of them once (L10)', () => {
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 12 }), (movements) => {
      const lines = movements.map(({ amountMinor, currency, day }, place): Line => {
        return { kind: 'PAYMENT', reference: `ref ${place}`, paymentId: `id ${place}`, amountMinor, currency, day };
      });
      const booked = lines.filter((_, place) => movements[place]?.isBooked);
      const reported = movements.flatMap(({ isReported, laterBy, moreBy, theirCurrency }, place) => {
        const line = lines[place];
        if (!line || !isReported) return [];
        const amountMinor = line.amountMinor + moreBy;
        return [{ ...line, amountMinor, day: line.day + laterBy, currency: theirCurrency ?? line.currency }];
      });
      const known = new Map(booked.map((line) => [line.reference, line]));
      const on = (list: readonly Line[], ...days: number[]) => list.filter(({ day }) => days.includes(day));
      const found = [0, 1, 2, 3].flatMap((day) =>
        differencesOf({
          ...{ reported: on(reported, day), neighbours: on(reported, day - 1, day + 1) },
          ...{ booked: on(booked, day), known },
        }),
      );
      const explained = found.flatMap(({ reference, currency, expectedMinor = 0n, reportedMinor = 0n }) => [
        [currency, reportedMinor] as const,
        [known.get(reference)?.currency ?? currency, -expectedMinor] as const,
      ]);
      expect(total([...booked.map(amountOf), ...explained])).toEqual(total(reported.map(amountOf)));
      expect(new Set(found.map(({ reference }) => reference)).size).toBe(found.length);
      const differing = new Set(found.map(({ reference }) => reference));
      for (const line of reported) {
        const ours = known.get(line.reference);
        const isSame = ours?.amountMinor === line.amountMinor && ours.currency === line.currency;
        expect(differing.has(line.reference)).toBe(!isSame);
      }
    }),
    { numRuns: 300 },
  );
});
