/** What of a top-up has not gone back; minor units. */
export interface TopUpLeft {
  paymentId: string;
  leftMinor: bigint;
}

/** What of a withdrawal goes back as a refund of one top-up; minor units. */
export interface Part {
  paymentId: string;
  amountMinor: bigint;
}

/** Takes an amount from top-ups in their order, each wholly before the next. The parts sum to less when they have less. */
export const partsOf = (topUps: readonly TopUpLeft[], amountMinor: bigint): Part[] => {
  const parts: Part[] = [];
  let missing = amountMinor;
  for (const { paymentId, leftMinor } of topUps) {
    if (missing <= 0n) break;
    const part = leftMinor < missing ? leftMinor : missing;
    parts.push({ paymentId, amountMinor: part });
    missing -= part;
  }
  return parts;
};
