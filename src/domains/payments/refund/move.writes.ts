import { newId } from '../../../platform/ids.ts';
import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { findByProviderRef, type PaymentRow } from '../payment/payment.reads.ts';
import { type Misfit, quarantine } from '../payment/quarantine.writes.ts';
import { isCaptured } from '../payment/rank.rules.ts';
import type { RefundMessage } from '../provider/message.rules.ts';
import { findMeant } from './meant.reads.ts';
import { findByRefundRef, type RefundRow, sumRefunds, sumSettled } from './refund.reads.ts';
import { failRefund, settleRefund, unsettleRefund } from './settle.writes.ts';

/** Moves a refund to where its provider says it is; one that we did not ask for is taken into the books. */
export const moveRefund = async (applying: Applying, given: RefundMessage): Promise<Outcome> => {
  const { tx } = applying;
  const { known, message } = await findRefunded(applying, given);
  const payment = known ? await lockPayment(tx, known.id) : null;
  if (!payment) return { status: 'RECEIVED', paymentId: null, reason: `no payment ${given.paymentRef} is known` };
  if (!isCaptured(payment.status)) {
    return { status: 'RECEIVED', paymentId: payment.id, reason: 'the payment has not been captured yet' };
  }
  const meant = await findMeant(tx, payment.id, message);
  if (meant === 'repeat') return { status: 'IGNORED', paymentId: payment.id };
  const refund = meant ?? (await takeIn(applying, payment, message));
  if (refund === null) return { status: 'IGNORED', paymentId: payment.id };
  if (refund === 'too much')
    return quarantine(applying, payment, misfit(message, 0n, 'more than is left of the payment'));
  if (refund === 'not yet') {
    return { status: 'RECEIVED', paymentId: payment.id, reason: 'refunds that we asked for have not settled yet' };
  }
  return apply(applying, payment, { refund, message });
};

/** Some programs name the refund where others name the payment. */
const findRefunded = async ({ tx, provider }: Applying, message: RefundMessage) => {
  const known = await findByProviderRef(tx, provider, message.paymentRef);
  if (known) return { known, message };
  const refund = await findByRefundRef(tx, message.paymentRef);
  const ofProvider = refund?.payment.provider === provider ? refund.payment : null;
  return { known: ofProvider, message: { ...message, refundRef: message.refundRef ?? message.paymentRef } };
};

const misfit = (
  { refundRef, paymentRef, amountMinor }: RefundMessage,
  expectedMinor: bigint,
  reason: string,
): Misfit => ({
  kind: 'AMOUNT_DIFFERS',
  reference: refundRef ?? paymentRef,
  expectedMinor,
  reportedMinor: BigInt(amountMinor),
  reason: `refund: ${reason}`,
});

/**
 * A refund made at the provider itself. Nothing is taken in before it has settled; that it failed is kept, so that a word from
 * before which comes late changes nothing. What the provider has sent it has sent: a
 * dispute does not stand in its way.
 * @returns null for one that has not, 'too much' when less than that is left of the payment, 'not yet' when less is left
 * only because of refunds of ours which the provider may still refuse
 */
const takeIn = async (
  { tx, now }: Applying,
  payment: PaymentRow,
  message: RefundMessage,
): Promise<RefundRow | null | 'too much' | 'not yet'> => {
  const hasFailed = message.status === 'FAILED' && message.refundRef !== undefined;
  if (message.status !== 'SETTLED' && !hasFailed) return null;
  const beforeMinor = await sumRefunds(tx, payment.id);
  const amount = BigInt(message.amountMinor);
  if (amount <= 0n || message.currency !== payment.currency) return 'too much';
  if (!hasFailed && amount > payment.capturedAmount - beforeMinor) {
    const { amountMinor: settled } = await sumSettled(tx, payment.id);
    return amount > payment.capturedAmount - settled ? 'too much' : 'not yet';
  }
  return tx.refund.create({
    data: {
      id: newId(),
      paymentId: payment.id,
      bookingId: payment.bookingId,
      initiator: 'PROVIDER',
      reason: 'EXTERNAL',
      status: hasFailed ? 'FAILED' : 'SUBMITTED',
      failureMessage: hasFailed ? (message.failure ?? 'The provider refused.') : null,
      amount,
      currency: payment.currency,
      providerRefundId: message.refundRef ?? null,
      submittedAt: now,
      createdAt: now,
    },
  });
};

interface Meeting {
  refund: RefundRow;
  message: RefundMessage;
}

const apply = async (applying: Applying, payment: PaymentRow, { refund, message }: Meeting): Promise<Outcome> => {
  const asked = `${message.amountMinor} ${message.currency} instead of ${refund.amount} ${refund.currency}`;
  if (BigInt(message.amountMinor) !== refund.amount || message.currency !== refund.currency) {
    return quarantine(applying, payment, misfit(message, refund.amount, asked));
  }
  if (message.status === 'SETTLED') return settle(applying, payment, { refund, message });
  if (message.status === 'FAILED') return refuse(applying, payment, { refund, message });
  const { count } = await applying.tx.refund.updateMany({
    where: { id: refund.id, status: { in: ['REQUESTED', 'UNKNOWN'] } },
    data: { status: 'SUBMITTED', submittedAt: applying.now, providerRefundId: message.refundRef ?? null },
  });
  return { status: count === 1 ? 'PROCESSED' : 'IGNORED', paymentId: payment.id };
};

const settle = async (applying: Applying, payment: PaymentRow, { refund, message }: Meeting): Promise<Outcome> => {
  // A provider takes back that a refund settled, never that it failed: this was said before, and comes late.
  if (isOverAt(refund, message)) return { status: 'IGNORED', paymentId: payment.id };
  // One that failed no longer counts: meanwhile the money may have been promised to somebody else.
  const left = payment.capturedAmount - payment.refundedAmount;
  if (refund.status === 'FAILED' && refund.amount > left) {
    return quarantine(applying, payment, misfit(message, 0n, 'settled after it had failed, and less is left'));
  }
  const settled = await settleRefund(applying, payment, refund, message.refundRef ?? null);
  return { status: settled ? 'PROCESSED' : 'IGNORED', paymentId: payment.id };
};

/** Whether the provider itself has said of this very refund that it failed; one that we gave up may still settle. */
const isOverAt = ({ status, settledAt, providerRefundId }: RefundRow, { refundRef }: RefundMessage): boolean =>
  status === 'FAILED' && (settledAt !== null || (providerRefundId !== null && providerRefundId === refundRef));

const refuse = async (applying: Applying, payment: PaymentRow, { refund, message }: Meeting): Promise<Outcome> => {
  const reason = message.failure ?? 'The provider refused.';
  const end = refund.status === 'SETTLED' ? unsettleRefund : failRefund;
  const failed = await end(applying, payment, refund, reason);
  if (failed && message.refundRef !== undefined && refund.providerRefundId === null) {
    const data = { providerRefundId: message.refundRef };
    await applying.tx.refund.update({ where: { id: refund.id }, data, select: { id: true } });
  }
  return { status: failed ? 'PROCESSED' : 'IGNORED', paymentId: payment.id };
};
