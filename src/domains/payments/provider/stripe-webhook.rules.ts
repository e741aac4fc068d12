import type Stripe from 'stripe';
import { AppError } from '../../../kernel/errors.ts';
import type { ProviderMessage, Webhook } from './message.rules.ts';
import type { WebhookRequest } from './provider.ts';
import { disputeMessage, paymentMessage, refundMessage } from './stripe-messages.rules.ts';
import { transferMessage } from './stripe-transfers.rules.ts';

/** Stripe's own default: an older signature may be a recording. */
const TOLERANCE_SECONDS = 300;

/** Checks and reads a webhook of Stripe. @throws UNAUTHENTICATED, INVALID_INPUT */
export const readStripeWebhook = (stripe: Stripe, secret: string, { headers, body, now }: WebhookRequest): Webhook => {
  const signature = headers['stripe-signature'];
  if (signature === undefined) throw new AppError('UNAUTHENTICATED', 'stripe-signature: is missing.');
  const event = checked(stripe, { signature, secret, body, now });
  return { id: event.id, type: event.type, message: messageOf(event) ?? { about: 'other' } };
};

interface Signed {
  signature: string;
  secret: string;
  body: string;
  now: Date;
}

const checked = (stripe: Stripe, { signature, secret, body, now }: Signed): Stripe.Event => {
  try {
    // The last argument is the time of receipt; the one before it would replace Node's own cryptography.
    return stripe.webhooks.constructEvent(body, signature, secret, TOLERANCE_SECONDS, undefined, now.getTime());
  } catch (error) {
    if (error instanceof SyntaxError) throw new AppError('INVALID_INPUT', 'body: is not valid JSON.');
    throw new AppError('UNAUTHENTICATED', 'stripe-signature: does not fit the body, or is older than 5 minutes.');
  }
};

const messageOf = (event: Stripe.Event): ProviderMessage | null => {
  switch (event.type) {
    case 'payment_intent.succeeded':
    case 'payment_intent.processing':
    case 'payment_intent.requires_action':
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.payment_failed':
    case 'payment_intent.canceled':
      return paymentMessage(event.data.object);
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundMessage(event.data.object);
    case 'charge.dispute.created':
    case 'charge.dispute.updated':
    case 'charge.dispute.closed':
      return disputeMessage(event.data.object);
    case 'transfer.created':
    case 'transfer.reversed':
      return transferMessage(event.data.object);
    default:
      return null;
  }
};
