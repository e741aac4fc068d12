import { ProviderRefused } from './failures.ts';

/** ISO 4217 gives these no minor unit; Stripe, for the sake of older integrations, still counts hundredths of them. */
const IN_HUNDREDTHS: ReadonlySet<string> = new Set(['ISK', 'UGX']);
/** Three decimals, of which Stripe takes two. */
const THREE_DECIMALS: ReadonlySet<string> = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

/**
 * Our minor units as Stripe counts them.
 * @throws ProviderRefused for an amount that Stripe cannot express
 */
export const toStripeAmount = (amountMinor: bigint, currency: string): number => {
  if (IN_HUNDREDTHS.has(currency)) return Number(amountMinor) * 100;
  if (THREE_DECIMALS.has(currency) && amountMinor % 10n !== 0n) {
    throw new ProviderRefused('OTHER', `Stripe takes ${currency} in steps of 10 minor units, not ${amountMinor}`);
  }
  return Number(amountMinor);
};

/** Stripe's amount in our minor units; hundredths of a currency without any are rounded down. */
export const fromStripeAmount = (amount: number, currency: string): number =>
  IN_HUNDREDTHS.has(currency.toUpperCase()) ? Math.trunc(amount / 100) : amount;
