import fc from 'fast-check';
import { expect, test } from 'vitest';
import { discountOf, type Promo } from '../../../../src/domains/events/promo-code/promo.ts';

const CODE: Promo = {
  ...{ id: 'p', code: 'LESS', eventId: null, createdById: 'host', funding: 'HOST', status: 'ACTIVE', currency: 'EUR' },
  ...{ kind: 'FIXED_AMOUNT', unit: 'PER_ORDER', amount: 3_000n, percentBasisPoints: null, maxDiscountAmount: null },
  ...{ minOrderAmount: 0n, maxTotal: null, maxPerUser: null, reserved: 0, redeemed: 0, restoreOnRefund: true },
  ...{ startsAt: null, endsAt: null },
};
const amounts = fc.bigInt({ min: 0n, max: 100_000n });

test('P5: a code takes off no more than there is to pay, of an order and of each ticket', () => {
  const lines = fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 9 }), unitPriceMinor: amounts }));
  const promo = fc.record({
    kind: fc.constantFrom('PERCENT' as const, 'FIXED_AMOUNT' as const, 'FREE_TICKET' as const),
    unit: fc.constantFrom('PER_ORDER' as const, 'PER_TICKET' as const),
    amount: amounts,
    percentBasisPoints: fc.integer({ min: 1, max: 10_000 }),
    maxDiscountAmount: fc.option(amounts),
  });
  fc.assert(
    fc.property(lines, promo, (order, fields) => {
      const { lines: off, order: whole } = discountOf({ ...CODE, ...fields }, order, 'EUR');
      const prices = order.map(({ quantity, unitPriceMinor }) => unitPriceMinor * BigInt(quantity));
      expect(off.every((part, place) => part >= 0n && part <= (prices[place] ?? 0n))).toBe(true);
      expect(whole <= prices.reduce((sum, price) => sum + price, 0n)).toBe(true);
    }),
  );
  expect(discountOf(CODE, [{ quantity: 2, unitPriceMinor: 1_000n }], 'EUR').order).toBe(2_000n);
});

test('a percentage is rounded once, half up, in what can be charged of the currency', () => {
  const percent = (percentBasisPoints: number, price: bigint, currency = 'EUR', unit: Promo['unit'] = 'PER_ORDER') => {
    const promo: Promo = { ...CODE, kind: 'PERCENT', amount: null, percentBasisPoints, unit };
    const { lines, order } = discountOf(promo, [{ quantity: 1, unitPriceMinor: price }], currency);
    return order + (lines[0] ?? 0n);
  };
  expect(percent(2_500, 1_999n)).toBe(500n);
  expect(percent(1_500, 25n)).toBe(4n);
  expect(percent(5_000, 1n, 'JPY', 'PER_TICKET')).toBe(1n);
  expect(percent(2_500, 19_990n, 'KWD')).toBe(5_000n);
  expect(percent(2_500, 19_970n, 'KWD')).toBe(4_990n);
  const anything = fc.tuple(fc.integer({ min: 1, max: 10_000 }), amounts, fc.constantFrom('JPY', 'EUR', 'KWD'));
  fc.assert(
    fc.property(anything, ([basisPoints, price, currency]) => {
      const step = currency === 'KWD' ? 10n : 1n;
      const off = percent(basisPoints, price * step, currency);
      expect(off % step).toBe(0n);
      const exact = (Number(price) * basisPoints) / 10_000;
      expect(Number(off / step)).toBe(Math.floor(exact + 0.5));
    }),
    { numRuns: 1_000 },
  );
});
