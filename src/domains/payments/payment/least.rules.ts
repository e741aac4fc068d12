import { invalidField } from '../../../kernel/errors.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { formatDecimal } from '../money/decimal.rules.ts';
import { stripeLeastMinor } from '../money/stripe-amount.rules.ts';

interface Asked {
  amountMinor: bigint;
  /** ISO 4217. */
  currency: string;
}

/**
 * Refuses what the provider in use would not charge, before it is asked: an attempt that it refuses would fail each time anew.
 * @param path the field that says how much, or how it is paid
 * @throws INVALID_INPUT naming the field, and what is charged at least
 */
export const refuseTooLittle = (
  { provider }: Pick<PaymentSettings, 'provider'>,
  path: string,
  { amountMinor, currency }: Asked,
): void => {
  const least = provider === 'STRIPE' ? stripeLeastMinor(currency) : 1n;
  if (amountMinor >= least) return;
  throw invalidField(path, `cannot take less than ${formatDecimal(least, currency)} ${currency}`);
};
