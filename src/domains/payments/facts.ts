import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';
import { AmountMinor, CurrencyCode } from './money/contract.ts';

/** What a payment is for; what it pays is named by the ids beside it, null where it is something else. */
const Purpose = z.enum(['BOOKING', 'SUBSCRIPTION', 'WALLET_TOP_UP']);

export const paymentRequested = fact({
  name: 'payment.requested',
  summary: 'A payment was opened; its provider has not been told yet.',
  payload: z.object({ paymentId: Id }),
});

export const paymentMoved = fact({
  name: 'payment.moved',
  summary: 'The status of a payment changed, or what its payer has to do next. Whoever cares reads the payment.',
  payload: z.object({ paymentId: Id, userId: Id }),
});

export const paymentCaptured = fact({
  name: 'payment.captured',
  summary:
    'The provider, or the host by hand, took the money, and the books have it. Not told of money that came after the payment was cancelled: that is paid back at once.',
  payload: z.object({
    paymentId: Id,
    bookingId: Id.nullable(),
    subscriptionId: Id.nullable(),
    walletId: Id.nullable(),
    eventId: Id.nullable(),
    userId: Id,
    amountMinor: AmountMinor,
    currency: CurrencyCode,
    purpose: Purpose,
    capturedAt: z.iso.datetime(),
  }),
});

export const paymentFailed = fact({
  name: 'payment.failed',
  summary: 'An attempt to pay failed. It may still succeed, and another may be started.',
  payload: z.object({ paymentId: Id, bookingId: Id.nullable(), userId: Id, code: z.string() }),
});

export const paymentCancelled = fact({
  name: 'payment.cancelled',
  summary: 'An open payment was given up. The provider is told; money that comes all the same is paid back.',
  payload: z.object({ paymentId: Id, bookingId: Id.nullable(), userId: Id }),
});

export const paymentQuarantined = fact({
  name: 'payment.quarantined',
  summary: 'A provider reported another amount or currency than was asked for. A person has to look at it.',
  payload: z.object({ paymentId: Id, webhookId: Id, reason: z.string() }),
});

export const refundRequested = fact({
  name: 'refund.requested',
  summary: 'Money is to go back; its provider has not been told yet.',
  payload: z.object({ refundId: Id }),
});

const Refunded = z.object({
  refundId: Id,
  paymentId: Id,
  bookingId: Id.nullable(),
  participantId: Id.nullable(),
  /** Whose money it is. */
  userId: Id,
  amountMinor: AmountMinor,
  currency: CurrencyCode,
});

export const refundSettled = fact({
  name: 'refund.settled',
  summary: 'Money went back to its payer, and the books have it.',
  payload: Refunded,
});

export const refundFailed = fact({
  name: 'refund.failed',
  summary: 'The provider refused to send the money back, or says so after it had settled. A person has to look at it.',
  payload: Refunded.extend({ message: z.string() }),
});

const Disputed = z.object({
  disputeId: Id,
  paymentId: Id,
  bookingId: Id.nullable(),
  eventId: Id.nullable(),
  userId: Id,
  amountMinor: AmountMinor,
  currency: CurrencyCode,
});

export const disputeOpened = fact({
  name: 'dispute.opened',
  summary: 'A payer asked their bank to take the money back; it is set aside until that is decided.',
  payload: Disputed,
});

export const disputeWon = fact({
  name: 'dispute.won',
  summary: 'A dispute ended in the host’s favour, or was withdrawn; the money is the host’s again.',
  payload: Disputed,
});

export const disputeLost = fact({
  name: 'dispute.lost',
  summary: 'A dispute ended in the payer’s favour; the money is gone.',
  payload: Disputed,
});

export const evidenceGiven = fact({
  name: 'dispute.evidenceGiven',
  summary: 'Evidence was written down for a dispute; its provider has not been told yet.',
  payload: z.object({ disputeId: Id }),
});

export const payoutLocked = fact({
  name: 'payout.locked',
  summary: 'What a payout is made of is fixed; its provider has not been told yet.',
  payload: z.object({ payoutId: Id }),
});

const PaidOut = z.object({
  payoutId: Id,
  hostId: Id,
  amountMinor: AmountMinor,
  currency: CurrencyCode,
});

export const payoutPaid = fact({
  name: 'payout.paid',
  summary: 'Earnings arrived at their host’s bank.',
  payload: PaidOut,
});

export const payoutReturned = fact({
  name: 'payout.returned',
  summary: 'The host’s bank sent earnings back; they are available again.',
  payload: PaidOut,
});

export const payoutFailed = fact({
  name: 'payout.failed',
  summary: 'Earnings could not be sent; they are available again.',
  payload: PaidOut.extend({ message: z.string() }),
});

export const subscriptionChanged = fact({
  name: 'subscription.changed',
  summary: 'A subscription began, was paid, is past due, or ended. Whoever cares reads it.',
  payload: z.object({
    subscriptionId: Id,
    userId: Id,
    status: z.enum(['TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'EXPIRED']),
    /** The end of the period that is paid last, or of the trial. */
    periodEnd: z.iso.datetime(),
    /** A period's price; 0 for a plan without one. */
    priceMinor: AmountMinor,
    currency: CurrencyCode,
  }),
});
