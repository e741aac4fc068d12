import type { Transaction } from '../../../platform/db/client.ts';
import type { BookedPayment } from './booked-payment.ts';
import { journalCapture, type Shares } from './journals/capture.ts';
import {
  journalDisputeOpened,
  journalSubscriptionDisputeOpened,
  journalTopUpDisputeOpened,
} from './journals/dispute.ts';
import { journalRefund } from './journals/refund.ts';
import { journalSubscriptionPaid, journalSubscriptionRefund } from './journals/subscription.ts';
import { journalTopUp, journalTopUpRefund, journalWalletSpend } from './journals/wallet.ts';
import type { Posted } from './post-journal.writes.ts';

/** Money that moved: all of it, and what of it is the platform's and the state's; minor units. */
interface Moved extends Shares {
  at: Date;
}

/**
 * Books the capture of a payment in the transaction that marks it captured. Repeats book nothing.
 * @throws what the database refuses when a wallet has not enough
 */
export const bookCapture = (tx: Transaction, payment: BookedPayment, capture: Moved): Promise<Posted> => {
  const facts = { ...capture, paymentId: payment.id, userId: payment.userId, currency: payment.currency };
  if (payment.purpose === 'WALLET_TOP_UP') return journalTopUp(tx, facts);
  if (payment.purpose === 'SUBSCRIPTION') return journalSubscriptionPaid(tx, facts);
  const booking = { ...facts, hostId: hostOf(payment) };
  return (payment.method === 'WALLET' ? journalWalletSpend : journalCapture)(tx, booking);
};

/** A settled refund, with how its journal ends the hold on a top-up's credit. */
interface BookedRefund extends Moved {
  refundId: string;
  endHold?: (journalId: string) => Promise<void>;
}

/**
 * Books a refund in the transaction that marks it settled: back the way the money came. Repeats book nothing.
 * @throws what the database refuses when a plan's time has passed
 */
export const bookRefund = (tx: Transaction, payment: BookedPayment, refund: BookedRefund): Promise<Posted> => {
  const facts = { ...refund, userId: payment.userId, currency: payment.currency };
  if (payment.purpose === 'WALLET_TOP_UP') return journalTopUpRefund(tx, facts, refund.endHold);
  if (payment.purpose === 'SUBSCRIPTION') return journalSubscriptionRefund(tx, facts);
  const to = payment.method === 'WALLET' ? { walletOf: payment.userId } : 'PROVIDER';
  return journalRefund(tx, { ...facts, paymentId: payment.id, hostId: hostOf(payment), to });
};

/**
 * Books that a payment is disputed, in the transaction that writes the dispute down: what is disputed is set aside. How it
 * ends is `journalDisputeWon` and `journalDisputeLost`.
 */
export const bookDispute = (
  tx: Transaction,
  payment: BookedPayment,
  dispute: Moved & { disputeId: string },
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
