import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Entry, postingsOf } from '../../../../src/domains/payments/ledger/journal.rules.ts';

const entry: fc.Arbitrary<Entry> = fc.record({
  account: fc.constantFrom(
    ...[{ kind: 'PSP_CLEARING' }, { kind: 'TAX_PAYABLE' }, { kind: 'HOST_PENDING', ownerId: 'ann' }],
    { kind: 'HOST_PENDING', ownerId: 'bob' },
  ) as fc.Arbitrary<Entry['account']>,
  amountMinor: fc.bigInt({ min: -3n, max: 3n }),
  currency: fc.constantFrom('EUR', 'KWD'),
});

const sumOf = (entries: readonly { amountMinor: bigint; currency: string }[], currency: string): bigint =>
  entries.reduce((sum, each) => (each.currency === currency ? sum + each.amountMinor : sum), 0n);

test('L1: a journal is refused that does not come to nothing in each of its currencies', () => {
  let balanced = 0;
  fc.assert(
    fc.property(fc.array(entry, { minLength: 2, maxLength: 6 }), (drawn) => {
      // The same with what is missing of one currency.
      const more = { account: { kind: 'BANK' } as const, amountMinor: -sumOf(drawn, 'EUR'), currency: 'EUR' };
      for (const entries of [drawn, [...drawn, more]]) {
        const isBalanced = ['EUR', 'KWD'].every((currency) => sumOf(entries, currency) === 0n);
        const post = () => postingsOf(entries);
        if (!isBalanced) {
          expect(post).toThrow(/does not balance/);
          continue;
        }
        const accounts = new Set(entries.map(({ account, currency }) => JSON.stringify([account, currency])));
        const moves = [...accounts].filter((name) => {
          const own = entries.filter(({ account, currency }) => JSON.stringify([account, currency]) === name);
          return own.reduce((sum, { amountMinor }) => sum + amountMinor, 0n) !== 0n;
        });
        if (moves.length === 0) {
          expect(post).toThrow(/two accounts or more/);
          continue;
        }
        balanced += 1;
        const postings = post();
        expect(postings).toHaveLength(moves.length);
        expect(['EUR', 'KWD'].map((currency) => sumOf(postings, currency))).toEqual([0n, 0n]);
      }
    }),
    { numRuns: 500 },
  );
  expect(balanced).toBeGreaterThan(20);
});
