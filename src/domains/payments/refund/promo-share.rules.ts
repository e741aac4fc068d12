interface Discounted {
  capturedMinor: bigint;
  /** What the platform paid the host for its promo code. */
  platformDiscountMinor: bigint;
}

interface GoneBack {
  amountMinor: bigint;
  /** What the host gave back of it. */
  promoMinor: bigint;
}

/**
 * What the host gives back, with money that goes back to a payer, of what the platform paid for its promo code: the part of
 * everything that has gone back so far, less what was given before. All of a payment, in however many parts, gives back
 * all of it. Minor units.
 * @param before what went back earlier
 */
export const promoShareOf = (
  { capturedMinor, platformDiscountMinor }: Discounted,
  before: GoneBack,
  amountMinor: bigint,
): bigint => {
  if (capturedMinor <= 0n) return 0n;
  const together = (platformDiscountMinor * (before.amountMinor + amountMinor)) / capturedMinor - before.promoMinor;
  return together > 0n ? together : 0n;
};
