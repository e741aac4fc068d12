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
      const { lines: off, order: whole } = discountOf({ ...CODE, ...fields }, order);
      const prices = order.map(({ quantity, unitPriceMinor }) => unitPriceMinor * BigInt(quantity));
      expect(off.every((part, place) => part >= 0n && part <= (prices[place] ?? 0n))).toBe(true);
      expect(whole <= prices.reduce((sum, price) => sum + price, 0n)).toBe(true);
    }),
  );
  expect(discountOf(CODE, [{ quantity: 2, unitPriceMinor: 1_000n }]).order).toBe(2_000n);
});
