import fc from 'fast-check';
import { expect, test } from 'vitest';
import { promoShareOf } from '../../../../src/domains/payments/refund/promo-share.rules.ts';

const anyPayment = fc.record({
  parts: fc.array(fc.bigInt({ min: 1n, max: 10_000_000n }), { minLength: 1, maxLength: 12 }),
  platformDiscountMinor: fc.bigInt({ min: 0n, max: 20_000_000n }),
});

test('a whole payment, in however many parts, gives back all that the platform paid, and never more on the way', () => {
  fc.assert(
    fc.property(anyPayment, ({ parts, platformDiscountMinor }) => {
      const capturedMinor = parts.reduce((sum, part) => sum + part, 0n);
      const gone = { amountMinor: 0n, promoMinor: 0n };
      for (const part of parts) {
        const share = promoShareOf({ capturedMinor, platformDiscountMinor }, gone, part);
        expect(share).toBeGreaterThanOrEqual(0n);
        gone.amountMinor += part;
        gone.promoMinor += share;
        // Within a minor unit of its proportion.
        const offBy = platformDiscountMinor * gone.amountMinor - gone.promoMinor * capturedMinor;
        expect(offBy >= 0n && offBy < capturedMinor).toBe(true);
      }
      expect(gone.promoMinor).toBe(platformDiscountMinor);
    }),
    { numRuns: 1_000 },
  );
});

test('of nothing that was captured nothing comes back', () => {
  const gone = { amountMinor: 0n, promoMinor: 0n };
  expect(promoShareOf({ capturedMinor: 0n, platformDiscountMinor: 5n }, gone, 1n)).toBe(0n);
});
