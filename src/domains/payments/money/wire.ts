import { AppError } from '../../../kernel/errors.ts';

const MAX = BigInt(Number.MAX_SAFE_INTEGER);

/**
 * Minor units of a column as JSON carries them.
 * @throws AppError INTERNAL for an amount beyond what a JSON number carries exactly
 */
export const wireMinor = (amountMinor: bigint): number => {
  if (amountMinor > MAX || amountMinor < -MAX) throw new AppError('INTERNAL', 'The amount is beyond JSON numbers.');
  return Number(amountMinor);
};

/** An amount of money as it goes over the wire. */
export const wireMoney = (amountMinor: bigint, currency: string): { amountMinor: number; currency: string } => ({
  amountMinor: wireMinor(amountMinor),
  currency,
});

/** An amount that came over the wire, in minor units. */
export const minorOf = ({ amountMinor }: { amountMinor: number }): bigint => BigInt(amountMinor);
