import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../../../../src/domains/payments/ledger/journal.rules.ts';
import { settledByHand } from '../../../../src/domains/payments/ledger/journals/by-hand.steps.ts';

const share = { hostId: 'host', currency: 'BDT' };
const amount = fc.bigInt({ min: 0n, max: 99_999_999n });
const purses = fc.record({ pendingMinor: amount, availableMinor: amount, owedMinor: amount });
const parts = fc.record({ commissionMinor: amount, taxMinor: amount, promoMinor: amount });

const on = (entries: readonly Entry[], kind: Entry['account']['kind']): bigint =>
  entries.filter(({ account }) => account.kind === kind).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

test('a refund by hand gives its host what was ours, and takes the promo code, from nothing that is not there', () => {
  fc.assert(
    fc.property(purses, parts, (purse, given) => {
      const entries = settledByHand(purse, share, given);
      const moved = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      expect(moved).toBe(given.commissionMinor + given.taxMinor - given.promoMinor);
      expect(purse.pendingMinor + on(entries, 'HOST_PENDING')).toBeGreaterThanOrEqual(0n);
      expect(purse.availableMinor + on(entries, 'HOST_AVAILABLE')).toBeGreaterThanOrEqual(0n);
      // Nobody is owed on the account of debts: what exceeds the debt is payable.
      expect(-purse.owedMinor + on(entries, 'HOST_RECEIVABLE')).toBeLessThanOrEqual(0n);
      // Nothing is payable while there is a debt that it could pay.
      if (on(entries, 'HOST_AVAILABLE') > 0n) expect(on(entries, 'HOST_RECEIVABLE')).toBe(purse.owedMinor);
      expect(entries.every(({ account, currency }) => account.ownerId === 'host' && currency === 'BDT')).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
