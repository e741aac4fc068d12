import type Stripe from 'stripe';
import { z } from 'zod';
import type { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import type { DisputeMessage, PaymentMessage, RefundMessage } from './message.rules.ts';
import { fromStripeAmount } from './stripe-amount.rules.ts';

/** A payment intent in our words. */
export const paymentMessage = (intent: Stripe.PaymentIntent): PaymentMessage => {
  const status = statusOf(intent);
  const feeMinor = feeOf(intent);
  return {
    about: 'payment',
    paymentRef: intent.id,
    ...ourId('paymentId', intent.metadata),
    status,
    ...moneyOf(status === 'COMPLETED' ? intent.amount_received : intent.amount, intent.currency),
    ...(status === 'FAILED' ? { failureCode: failureOf(intent) } : {}),
    ...(feeMinor === undefined ? {} : { feeMinor }),
  };
};

const statusOf = ({ status, last_payment_error: failed }: Stripe.PaymentIntent): PaymentMessage['status'] => {
  if (status === 'succeeded') return 'COMPLETED';
  if (status === 'requires_capture') return 'AUTHORIZED';
  if (status === 'processing') return 'PROCESSING';
  if (status === 'canceled') return 'FAILED';
  // An attempt that failed leaves the intent as if nobody had tried, but for the reason.
  return status === 'requires_payment_method' && failed ? 'FAILED' : 'REQUIRES_ACTION';
};

const failureOf = ({ status, last_payment_error: failed }: Stripe.PaymentIntent): PaymentFailureCode => {
  if (status === 'canceled') return 'TIMEOUT';
  return failureCodeOf(failed?.decline_code ?? failed?.code);
};

const CODES: Readonly<Record<string, PaymentFailureCode>> = {
  card_declined: 'DECLINED',
  generic_decline: 'DECLINED',
  insufficient_funds: 'INSUFFICIENT_FUNDS',
  expired_card: 'EXPIRED_CARD',
  authentication_required: 'AUTHENTICATION_FAILED',
  payment_intent_authentication_failure: 'AUTHENTICATION_FAILED',
  fraudulent: 'FRAUD_SUSPECTED',
  stolen_card: 'FRAUD_SUSPECTED',
};

/** Stripe's word for why a payment failed, in ours. */
export const failureCodeOf = (code: string | null | undefined): PaymentFailureCode => CODES[code ?? ''] ?? 'OTHER';

/** Known only where the charge and its balance transaction were asked for together with the intent. */
const feeOf = ({ latest_charge: charge, currency }: Stripe.PaymentIntent): number | undefined => {
  if (typeof charge !== 'object' || charge === null) return;
  const settled = charge.balance_transaction;
  if (typeof settled !== 'object' || settled === null || settled.currency !== currency) return;
  return fromStripeAmount(settled.fee, currency);
};

/** A refund in our words; null when it is not of a payment intent. */
export const refundMessage = (refund: Stripe.Refund): RefundMessage | null => {
  const paymentRef = idOf(refund.payment_intent);
  if (paymentRef === null) return null;
  return {
    about: 'refund',
    paymentRef,
    refundRef: refund.id,
    ...ourId('refundId', refund.metadata),
    status: REFUND_STATUS[refund.status ?? ''] ?? 'SUBMITTED',
    ...moneyOf(refund.amount, refund.currency),
    ...(refund.failure_reason ? { failure: refund.failure_reason } : {}),
  };
};

const REFUND_STATUS: Readonly<Record<string, RefundMessage['status']>> = {
  succeeded: 'SETTLED',
  failed: 'FAILED',
  canceled: 'FAILED',
};

/** A dispute in our words; null when it is an inquiry that has taken no money, or not of a payment intent. */
export const disputeMessage = (dispute: Stripe.Dispute): DisputeMessage | null => {
  const paymentRef = idOf(dispute.payment_intent);
  if (paymentRef === null || dispute.status.startsWith('warning_')) return null;
  const due = dispute.evidence_details?.due_by;
  return {
    about: 'dispute',
    paymentRef,
    disputeRef: dispute.id,
    status: DISPUTE_STATUS[dispute.status] ?? 'OPENED',
    reason: REASONS[dispute.reason] ?? 'OTHER',
    ...moneyOf(dispute.amount, dispute.currency),
    ...(due ? { evidenceDueAt: new Date(due * 1_000).toISOString() } : {}),
  };
};

const DISPUTE_STATUS: Readonly<Record<string, DisputeMessage['status']>> = { won: 'WON', lost: 'LOST' };

const REASONS: Readonly<Record<string, DisputeReason>> = {
  fraudulent: 'FRAUDULENT',
  product_not_received: 'NOT_RECEIVED',
  product_unacceptable: 'NOT_AS_DESCRIBED',
  duplicate: 'DUPLICATE',
  credit_not_processed: 'CREDIT_NOT_PROCESSED',
};

const moneyOf = (amount: number, currency: string) => ({
  amountMinor: fromStripeAmount(amount, currency),
  currency: currency.toUpperCase(),
});

/** A field that holds an id or the thing itself. */
export const idOf = (reference: string | { id: string } | null | undefined): string | null =>
  typeof reference === 'string' ? reference : (reference?.id ?? null);

const Uuid = z.uuid();

const ourId = <K extends string>(name: K, metadata: Stripe.Metadata | null): { [N in K]?: string } => {
  const parsed = Uuid.safeParse(metadata?.[name]);
  // Safe: a computed key loses its name.
  return (parsed.success ? { [name]: parsed.data } : {}) as { [N in K]?: string };
};
