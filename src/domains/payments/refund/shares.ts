import type { Share } from './refund.reads.ts';

interface Paid {
  capturedMinor: bigint;
  commissionMinor: bigint;
  taxMinor: bigint;
}

/**
 * What of a refund the platform and the tax office give back: their part of everything that has gone back so far, less
 * what they gave before. The order of refunds does not matter, and those of a whole payment, in however many parts, give
 * back exactly what everybody had. The tax is taken out first and the commission out of the rest, so that a single minor
 * unit never has to come from both.
 * @param before what went back earlier
 */
export const sharesOf = (paid: Paid, before: Share, amountMinor: bigint): Share => {
  const together = before.amountMinor + amountMinor;
  const taxTogether = partOf(paid.taxMinor, together, paid.capturedMinor);
  const commissionTogether = partOf(paid.commissionMinor, together - taxTogether, paid.capturedMinor - paid.taxMinor);
  const taxMinor = within(taxTogether - before.taxMinor, amountMinor);
  const commissionMinor = within(commissionTogether - before.commissionMinor, amountMinor - taxMinor);
  return { amountMinor, commissionMinor, taxMinor };
};

const partOf = (taken: bigint, amount: bigint, whole: bigint): bigint => (whole > 0n ? (taken * amount) / whole : 0n);

const within = (amount: bigint, most: bigint): bigint => {
  if (amount < 0n) return 0n;
  return amount < most ? amount : most;
};
