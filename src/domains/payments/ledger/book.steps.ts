import type { Transaction } from '../../../platform/db/client.ts';
import { lockAccounts } from './account.writes.ts';
import type { BookedPayment } from './booked-payment.rules.ts';
import type { AccountKey } from './chart.rules.ts';
import { journalRefundByHand, journalTakenByHand } from './journals/by-hand.steps.ts';
import { journalCapture, type Shares } from './journals/capture.steps.ts';
import {
  journalDisputeOpened,
  journalSubscriptionDisputeOpened,
  journalTopUpDisputeOpened,
} from './journals/dispute.steps.ts';
import { journalPlatformDiscount } from './journals/promo.steps.ts';
import { journalRefund } from './journals/refund.steps.ts';
import { journalRefundFailed } from './journals/refund-failed.steps.ts';
import { journalSubscriptionPaid, journalSubscriptionRefund } from './journals/subscription.steps.ts';
import { journalTopUp, journalTopUpRefund, journalWalletSpend } from './journals/wallet.steps.ts';
import type { Posted } from './post-journal.writes.ts';

/** Money that moved: all of it, and what of it is the platform's and the state's; minor units. */
interface Moved extends Shares {
  at: Date;
}

/** A captured payment, with what the platform itself pays the host for its own promo code; minor units. */
interface BookedCapture extends Moved {
  platformDiscountMinor?: bigint;
}

/** Money that moves back, with what the host gives back of what the platform paid for its promo code; minor units. */
interface MovedBack extends Moved {
  promoMinor?: bigint;
}

/**
 * Books the capture of a payment in the transaction that marks it captured. Repeats book nothing.
 * @returns null when there is nothing to book: a host took it by hand, and nothing of it is ours
 * @throws what the database refuses when a wallet has not enough
 */
export const bookCapture = async (
  tx: Transaction,
  payment: BookedPayment,
  capture: BookedCapture,
): Promise<Posted | null> => {
  const facts = { ...capture, paymentId: payment.id, userId: payment.userId, currency: payment.currency };
  if (payment.purpose === 'WALLET_TOP_UP') return journalTopUp(tx, facts);
  if (payment.purpose === 'SUBSCRIPTION') return journalSubscriptionPaid(tx, facts);
  const booking = { ...facts, hostId: hostOf(payment) };
  const discountMinor = capture.platformDiscountMinor ?? 0n;
  // Two journals: their accounts are locked together, in one order.
  if (discountMinor > 0n) await lockAccounts(tx, accountsOfDiscounted(payment, booking.hostId));
  const posted = await journalSale(tx, payment, booking);
  if (discountMinor > 0n) await journalPlatformDiscount(tx, { ...booking, discountMinor });
  return posted;
};

const journalSale = (
  tx: Transaction,
  { method, byHand }: BookedPayment,
  booking: Parameters<typeof journalWalletSpend>[1],
): Promise<Posted | null> => {
  if (byHand !== undefined) return journalTakenByHand(tx, booking, `${method} paid to the host: ${byHand}`);
  return method === 'WALLET' ? journalWalletSpend(tx, booking) : journalCapture(tx, booking);
};

const accountsOfDiscounted = (payment: BookedPayment, hostId: string): AccountKey[] => {
  const { currency } = payment;
  return [
    paidFrom(payment, hostId),
    { kind: 'HOST_PENDING', ownerId: hostId, currency },
    { kind: 'PLATFORM_COMMISSION', currency },
    { kind: 'TAX_PAYABLE', currency },
    { kind: 'PROMO_EXPENSE', currency },
  ];
};

const paidFrom = ({ userId, method, currency, byHand }: BookedPayment, hostId: string): AccountKey => {
  if (byHand !== undefined) return { kind: 'HOST_RECEIVABLE', ownerId: hostId, currency };
  return method === 'WALLET'
    ? { kind: 'ATTENDEE_WALLET', ownerId: userId, currency }
    : { kind: 'PSP_CLEARING', currency };
};

/** A settled refund, with how its journal ends the hold on a top-up's credit. */
interface BookedRefund extends MovedBack {
  refundId: string;
  endHold?: (journalId: string) => Promise<void>;
  /** What the host calls what they paid back by hand. */
  reference?: string | null;
}

/**
 * Books a refund in the transaction that marks it settled: back the way the money came. Repeats book nothing.
 * @returns null when there is nothing to book: a host paid it back by hand, and nothing of it was ours
 * @throws what the database refuses when a plan's time has passed
 */
export const bookRefund = (
  tx: Transaction,
  payment: BookedPayment,
  { reference, ...refund }: BookedRefund,
): Promise<Posted | null> => {
  const facts = { ...refund, userId: payment.userId, currency: payment.currency };
  if (payment.purpose === 'WALLET_TOP_UP') return journalTopUpRefund(tx, facts, refund.endHold);
  if (payment.purpose === 'SUBSCRIPTION') return journalSubscriptionRefund(tx, facts);
  const booking = { ...facts, paymentId: payment.id, hostId: hostOf(payment) };
  if (payment.byHand !== undefined) {
    return journalRefundByHand(tx, booking, `paid back by the host: ${reference ?? payment.byHand}`);
  }
  const to = payment.method === 'WALLET' ? { walletOf: payment.userId } : 'PROVIDER';
  return journalRefund(tx, { ...booking, to });
};

/** Takes the booking of a refund back, in the transaction that marks it failed after it had settled. Repeats book nothing. */
export const bookRefundFailed = (
  tx: Transaction,
  { id: paymentId, userId, currency, purpose, hostId }: BookedPayment,
  { refundId, at }: { refundId: string; at: Date },
): Promise<Posted> =>
  journalRefundFailed(tx, {
    ...{ refundId, paymentId, userId, currency, at },
    hostId: purpose === 'BOOKING' ? hostId : null,
  });

/**
 * Books that a payment is disputed, in the transaction that writes the dispute down: what is disputed is set aside. How it
 * ends is `journalDisputeWon` and `journalDisputeLost`.
 */
export const bookDispute = (
  tx: Transaction,
  payment: BookedPayment,
  dispute: MovedBack & { disputeId: string },
): Promise<Posted> => {
  const { userId, currency, hostId } = payment;
  const facts = { ...dispute, paymentId: payment.id, userId, currency, hostId };
  if (payment.purpose === 'WALLET_TOP_UP') return journalTopUpDisputeOpened(tx, facts);
  if (payment.purpose === 'SUBSCRIPTION') return journalSubscriptionDisputeOpened(tx, facts);
  return journalDisputeOpened(tx, { ...facts, hostId: hostOf(payment) });
};

const hostOf = ({ id, hostId }: BookedPayment): string => {
  if (hostId === null) throw new Error(`payment ${id} is for a booking, but whose earnings it is was not written down`);
  return hostId;
};
