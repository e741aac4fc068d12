/**
 * Splits an amount over weights by largest remainder: the parts sum to the amount exactly, each is within one minor unit
 * of its share, and the units left over go to the largest remainders, the earlier part first when two are equal.
 *
 * A negative amount is split as its opposite is. Without any weight above zero all parts weigh the same.
 * @throws RangeError when there are no weights, or one is negative
 */
export const splitByWeights = (amountMinor: bigint, weights: readonly bigint[]): bigint[] => {
  if (weights.length === 0) throw new RangeError('an amount is split over one weight or more');
  if (weights.some((weight) => weight < 0n)) throw new RangeError('a weight is not negative');
  if (amountMinor < 0n) return splitByWeights(-amountMinor, weights).map((part) => -part);
  const given = weights.reduce((sum, weight) => sum + weight, 0n);
  const shares = given === 0n ? weights.map(() => 1n) : weights;
  const total = given === 0n ? BigInt(weights.length) : given;
  const parts = shares.map((weight) => (amountMinor * weight) / total);
  const leftOver = Number(amountMinor - parts.reduce((sum, part) => sum + part, 0n));
  const remainderOf = (place: number): bigint => (amountMinor * (shares[place] ?? 0n)) % total;
  const raised = new Set(largestFirst(shares.length, remainderOf).slice(0, leftOver));
  return parts.map((part, place) => (raised.has(place) ? part + 1n : part));
};

const largestFirst = (length: number, remainderOf: (place: number) => bigint): number[] =>
  Array.from({ length }, (_, place) => place).sort((a, b) => {
    const [one, other] = [remainderOf(a), remainderOf(b)];
    if (one === other) return a - b;
    return one > other ? -1 : 1;
  });
