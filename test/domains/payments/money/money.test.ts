import fc from 'fast-check';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { divideHalfUp, percentOf, percentWithin } from '../../../../src/domains/payments/money/basis-points.rules.ts';
import { formatDecimal, parseDecimal } from '../../../../src/domains/payments/money/decimal.rules.ts';
import { EXPONENTS, exponentOf } from '../../../../src/domains/payments/money/iso-4217.rules.ts';
import { splitByWeights } from '../../../../src/domains/payments/money/split.rules.ts';
import {
  fromStripeAmount,
  type StripeFlow,
  stripeStepMinor,
  toStripeAmount,
} from '../../../../src/domains/payments/money/stripe-amount.rules.ts';
import { minorOf, wireMinor, wireMoney } from '../../../../src/domains/payments/money/wire.rules.ts';
import { freshDatabase } from '../../../support/databases.ts';

const currencies = [...EXPONENTS.keys()];
const amounts = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n });
const owed = fc.bigInt({ min: 0n, max: 10n ** 12n });

test('the table of the database and the one in the code say the same exponents', async () => {
  const sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
  const { rows } = await sql.query<{ code: string; exponent: number }>('SELECT code, exponent FROM currencies');
  await sql.end();
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ code, exponent }) => EXPONENTS.get(code) !== exponent)).toEqual([]);
});

test('there are about 150 currencies, none twice', () => {
  expect(currencies.length).toBeGreaterThan(145);
  expect(currencies.every((code) => /^[A-Z]{3}$/.test(code))).toBe(true);
  expect(() => exponentOf('XXX')).toThrow(RangeError);
});

describe('decimals', () => {
  test.each(currencies)('%s comes back from text as it was', (currency) => {
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(parseDecimal(formatDecimal(amount, currency), currency)).toBe(amount);
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    [1250n, 'EUR', '12.50'],
    [1250n, 'JPY', '1250'],
    [1250n, 'KWD', '1.250'],
    [-5n, 'USD', '-0.05'],
    [0n, 'BHD', '0.000'],
  ])('%s minor units of %s are %s', (amount, currency, text) => {
    expect(formatDecimal(amount, currency)).toBe(text);
  });

  test.each([
    ['12.505', 'EUR'],
    ['12.5', 'JPY'],
    ['1e3', 'EUR'],
    ['12,50', 'EUR'],
    ['', 'EUR'],
    ['1.', 'EUR'],
  ])('%j %s is refused, not rounded', (text, currency) => {
    expect(() => parseDecimal(text, currency)).toThrow(RangeError);
  });
});

describe('Stripe', () => {
  const flows: StripeFlow[] = ['charge', 'payout'];

  test.each(currencies)('%s comes back from Stripe’s count as it was, in the steps it takes', (currency) => {
    fc.assert(
      fc.property(owed, fc.constantFrom(...flows), (steps, flow) => {
        const amount = steps * stripeStepMinor(currency, flow);
        expect(fromStripeAmount(toStripeAmount(amount, currency, flow), currency)).toBe(amount);
        if (stripeStepMinor(currency, flow) > 1n) {
          expect(() => toStripeAmount(amount + 1n, currency, flow)).toThrow(RangeError);
        }
      }),
      { numRuns: 20 },
    );
  });

  test.each([
    [500n, 'JPY', 500],
    [1000n, 'USD', 1000],
    [5n, 'ISK', 500],
    [5n, 'UGX', 500],
    [5120n, 'KWD', 5120],
    [500n, 'MGA', 5],
    [1045n, 'HUF', 1045],
  ])('%s minor units of %s are charged as %s', (amount, currency, counted) => {
    expect(toStripeAmount(amount, currency)).toBe(counted);
  });

  test.each([
    [5124n, 'KWD', 'charge'],
    [501n, 'MGA', 'charge'],
    [1045n, 'HUF', 'payout'],
    [80045n, 'TWD', 'payout'],
  ] as const)('%s minor units of %s make no %s', (amount, currency, flow) => {
    expect(() => toStripeAmount(amount, currency, flow)).toThrow(RangeError);
  });

  test('half a króna is nothing that we can say', () => {
    expect(() => fromStripeAmount(550, 'ISK')).toThrow(RangeError);
  });
});

describe('largest remainder', () => {
  const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 9n }), { minLength: 1, maxLength: 20 });
  const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n);

  test('sums back exactly, each part within one unit of its share, the same every time', () => {
    fc.assert(
      fc.property(amounts, weights, (amount, shares) => {
        const parts = splitByWeights(amount, shares);
        expect(sum(parts)).toBe(amount);
        expect(splitByWeights(amount, shares)).toEqual(parts);
        const total = sum(shares);
        for (const [place, part] of parts.entries()) {
          // |part − amount × weight / total| < 1, without leaving the integers
          const off =
            total === 0n ? part * BigInt(parts.length) - amount : part * total - amount * (shares[place] ?? 0n);
          expect(off < 0n ? -off : off).toBeLessThan(total === 0n ? BigInt(parts.length) : total);
        }
      }),
    );
  });

  test('equal weights get equal parts, but for one unit, and the earlier ones get it', () => {
    expect(splitByWeights(100n, [1n, 1n, 1n])).toEqual([34n, 33n, 33n]);
    expect(splitByWeights(-100n, [1n, 1n, 1n])).toEqual([-34n, -33n, -33n]);
    expect(splitByWeights(2n, [0n, 0n, 0n])).toEqual([1n, 1n, 0n]);
    expect(splitByWeights(7n, [0n, 5n])).toEqual([0n, 7n]);
  });

  test('no weights, and weights below zero, are refused', () => {
    expect(() => splitByWeights(1n, [])).toThrow(RangeError);
    expect(() => splitByWeights(1n, [2n, -1n])).toThrow(RangeError);
  });
});

describe('rounding', () => {
  test('halves go up', () => {
    expect([1n, 2n, 3n, 4n, 5n].map((each) => divideHalfUp(each, 4n))).toEqual([0n, 1n, 1n, 1n, 1n]);
    expect(percentOf(50n, 100)).toBe(1n);
    expect(percentOf(49n, 100)).toBe(0n);
  });

  test('a tax that is contained and one that is added are each other’s inverse within a unit', () => {
    fc.assert(
      fc.property(owed, fc.integer({ min: 0, max: 10_000 }), (net, rate) => {
        const tax = percentOf(net, rate);
        const contained = percentWithin(net + tax, rate);
        expect(contained - tax).toBeGreaterThanOrEqual(-1n);
        expect(contained - tax).toBeLessThanOrEqual(1n);
      }),
    );
  });

  test('what is negative is refused', () => {
    expect(() => percentOf(-1n, 1)).toThrow(RangeError);
  });
});

test('an amount that JSON would change is told as the largest that it would not', () => {
  expect([wireMinor(2n ** 53n), wireMinor(-(2n ** 63n))]).toEqual([2 ** 53 - 1, 1 - 2 ** 53]);
  expect(minorOf(wireMoney(-(2n ** 53n - 1n), 'EUR'))).toBe(-(2n ** 53n - 1n));
});
