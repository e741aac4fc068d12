/** Hundredths of a percent in the whole. */
const WHOLE = 10_000n;

/** `numerator / denominator` of two numbers that are not negative, halves rounded up: the one rounding of prices. */
export const divideHalfUp = (numerator: bigint, denominator: bigint): bigint =>
  (2n * numerator + denominator) / (2n * denominator);

/**
 * A share of an amount in hundredths of a percent, rounded to the minor unit, halves up.
 * @throws RangeError for negative numbers: the sign is the caller's to give
 */
export const percentOf = (amountMinor: bigint, basisPoints: number): bigint => {
  refuseNegative(amountMinor, basisPoints);
  return divideHalfUp(amountMinor * BigInt(basisPoints), WHOLE);
};

/**
 * The share that an amount contains already, as a price contains its tax: 1,150 with 15 % contains 150. Halves up.
 * @throws RangeError for negative numbers
 */
export const percentWithin = (amountMinor: bigint, basisPoints: number): bigint => {
  refuseNegative(amountMinor, basisPoints);
  return divideHalfUp(amountMinor * BigInt(basisPoints), WHOLE + BigInt(basisPoints));
};

const refuseNegative = (amountMinor: bigint, basisPoints: number): void => {
  if (amountMinor < 0n || basisPoints < 0) throw new RangeError('a share is taken of what is not negative');
};
