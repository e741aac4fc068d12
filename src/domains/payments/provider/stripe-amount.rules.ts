import * as stripe from '../money/stripe-amount.rules.ts';
import { ProviderRefused } from './failures.rules.ts';

/**
 * Our minor units as Stripe counts them.
 * @throws ProviderRefused for an amount that Stripe does not take
 */
export const toStripeAmount = (amountMinor: bigint, currency: string, flow: stripe.StripeFlow = 'charge'): number => {
  try {
    return stripe.toStripeAmount(amountMinor, currency, flow);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ProviderRefused('OTHER', error.message);
  }
};

/**
 * Stripe's amount in our minor units. One that our units cannot say is passed on as it is: it then differs from what was
 * asked for, and a person looks at it.
 */
export const fromStripeAmount = (amount: number, currency: string): number => {
  try {
    return Number(stripe.fromStripeAmount(amount, currency.toUpperCase()));
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return amount;
  }
};
