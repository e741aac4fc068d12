import type Stripe from 'stripe';
import type { TransferMessage } from './message.rules.ts';
import { fromStripeAmount } from './stripe-amount.rules.ts';

/**
 * A transfer in our words; null when it is not one of ours. It has arrived at the connected account as soon as it is made;
 * its reversal brings it back.
 */
export const transferMessage = ({
  id,
  amount,
  currency,
  reversed,
  metadata,
}: Stripe.Transfer): TransferMessage | null => {
  const { key } = metadata;
  if (key === undefined) return null;
  return {
    about: 'transfer',
    key,
    transferRef: id,
    status: reversed ? 'RETURNED' : 'PAID',
    amountMinor: fromStripeAmount(amount, currency),
    currency: currency.toUpperCase(),
  };
};
