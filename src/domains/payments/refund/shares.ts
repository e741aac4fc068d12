import type { Share } from './refund.reads.ts';

interface Paid {
  capturedMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
}

/**
 * What of a refund the platform and the tax office give back: their part of everything that has gone back so far, less
 * what they gave before. Refunds of a whole payment, in however many parts, give back exactly what was taken.
 * @param before what went back earlier
 */
export const sharesOf = (paid: Paid, before: Share, amountMinor: bigint): Share => {
  const together = before.amountMinor + amountMinor;
  const partOf = (taken: bigint, given: bigint): bigint =>
    atLeastNothing((taken * together) / paid.capturedMinor - given);
  const taxMinor = least(partOf(paid.taxMinor, before.taxMinor), amountMinor);
  const commissionMinor = least(partOf(paid.commissionMinor, before.commissionMinor), amountMinor - taxMinor);
  return { amountMinor, commissionMinor, taxMinor };
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const atLeastNothing = (amount: bigint): bigint => (amount < 0n ? 0n : amount);
