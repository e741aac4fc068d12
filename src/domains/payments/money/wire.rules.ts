const MAX = BigInt(Number.MAX_SAFE_INTEGER);

/** Whether a JSON number carries this amount exactly. */
export const isExact = (amountMinor: bigint): boolean => amountMinor <= MAX && amountMinor >= -MAX;

/**
 * Minor units of a column as JSON carries them: amounts of payments, prices and wallets are bounded far below what a JSON
 * number carries exactly, and sums of many that are beyond it are told as the largest that it does.
 */
export const wireMinor = (amountMinor: bigint): number => {
  if (isExact(amountMinor)) return Number(amountMinor);
  return amountMinor > 0n ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER;
};

/** An amount of money as it goes over the wire. */
export const wireMoney = (amountMinor: bigint, currency: string): { amountMinor: number; currency: string } => ({
  amountMinor: wireMinor(amountMinor),
  currency,
});

/** An amount that came over the wire, in minor units. */
export const minorOf = ({ amountMinor }: { amountMinor: number }): bigint => BigInt(amountMinor);
