import fc from 'fast-check';
import { expect, test } from 'vitest';
import { refundOf } from '../../../../src/domains/events/booking/refund-policy.ts';

const halfOf = (pricePaid: bigint): bigint =>
  refundOf({ ticketTypeId: 't', pricePaid, currency: 'EUR' }, [], {
    ...{ basisPoints: 5_000, feesRefundable: true, validUntil: null },
  });

test('what goes back is rounded down', () => {
  expect([3_332n, 3_333n, 1n].map(halfOf)).toEqual([1_666n, 1_666n, 0n]);
});

test('tickets given up one by one bring back no more than given up together', () => {
  const prices = fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 8 });
  const share = fc.integer({ min: 0, max: 10_000 });
  fc.assert(
    fc.property(prices, share, share, (paid, basisPoints, feePoints) => {
      const total = paid.reduce((sum, price) => sum + price, 0n);
      const fee = (total * BigInt(feePoints)) / 10_000n;
      const lines = [{ ticketTypeId: 't', feeMinor: Number(fee), totalMinor: Number(total) }];
      const terms = { basisPoints, feesRefundable: false, validUntil: null };
      const parts = paid.map((pricePaid) => refundOf({ ticketTypeId: 't', pricePaid, currency: 'EUR' }, lines, terms));
      const back = parts.reduce((sum, part) => sum + part, 0n);
      expect(back <= ((total - fee) * BigInt(basisPoints)) / 10_000n).toBe(true);
    }),
  );
});
