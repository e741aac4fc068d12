import { newId } from '../../../platform/ids.ts';
import type { Applying, Outcome } from '../applying/applying.steps.ts';
import { disputeLost, disputeOpened, disputeWon } from '../facts.ts';
import { bookDispute } from '../ledger/book.steps.ts';
import { journalDisputeLost, journalDisputeWon } from '../ledger/journals/dispute.steps.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { bookedPayment, platformDiscountOf } from '../payment/booked.rules.ts';
import { deriveStatus } from '../payment/derive.writes.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { findByProviderRef, type PaymentRow } from '../payment/payment.reads.ts';
import { quarantine } from '../payment/quarantine.writes.ts';
import { isCaptured } from '../payment/rank.rules.ts';
import { tellCapturedAgain } from '../payment/tell-captured.steps.ts';
import type { DisputeMessage } from '../provider/message.rules.ts';
import { partsOfDispute, storedParts } from '../refund/gone.reads.ts';
import { askAgainForAll } from '../refund/owed.writes.ts';
import { sharesOf } from '../refund/portions.rules.ts';
import { promoShareOf } from '../refund/promo-share.rules.ts';
import { type DisputeRow, findByDisputeRef } from './dispute.reads.ts';

/**
 * Opens a dispute, or ends it. An end that comes before its beginning is booked as both. The first end stands: another
 * one is for a person to look at.
 */
export const moveDispute = async (applying: Applying, message: DisputeMessage): Promise<Outcome> => {
  const { tx, provider } = applying;
  const known = await findByProviderRef(tx, provider, message.paymentRef);
  const payment = known ? await lockPayment(tx, known.id) : null;
  if (!payment) return { status: 'RECEIVED', paymentId: null, reason: `no payment ${message.paymentRef} is known` };
  if (!isCaptured(payment.status)) {
    return { status: 'RECEIVED', paymentId: payment.id, reason: 'the payment has not been captured yet' };
  }
  const wrong = misfitOf(payment, message);
  if (wrong !== null) return put(applying, payment, { message, reason: wrong });
  const stored = await findByDisputeRef(tx, message.disputeRef);
  const dispute = stored ?? (await open(applying, payment, message));
  if (message.status === 'OPENED') return { status: stored ? 'IGNORED' : 'PROCESSED', paymentId: payment.id };
  if (isOver(dispute)) {
    if (dispute.status === message.status) return { status: 'IGNORED', paymentId: payment.id };
    return put(applying, payment, { message, reason: `${message.status} after ${dispute.status}` });
  }
  await close(applying, payment, { dispute, status: message.status });
  return { status: 'PROCESSED', paymentId: payment.id };
};

const isOver = ({ status }: DisputeRow): boolean => status !== 'OPENED' && status !== 'EVIDENCE_SUBMITTED';

const misfitOf = ({ capturedAmount, currency }: PaymentRow, message: DisputeMessage): string | null => {
  if (message.currency !== currency) return `currency: ${message.currency} instead of ${currency}`;
  const amount = BigInt(message.amountMinor);
  if (amount > 0n && amount <= capturedAmount) return null;
  return `amountMinor: ${amount} of ${capturedAmount}`;
};

interface Put {
  message: DisputeMessage;
  reason: string;
}

const put = (applying: Applying, payment: PaymentRow, { message, reason }: Put): Promise<Outcome> =>
  quarantine(applying, payment, {
    kind: 'STATUS_DIFFERS',
    reference: message.disputeRef,
    expectedMinor: payment.capturedAmount,
    reportedMinor: BigInt(message.amountMinor),
    reason: `dispute: ${reason}`,
  });

const open = async (applying: Applying, payment: PaymentRow, message: DisputeMessage): Promise<DisputeRow> => {
  const { tx, record, now } = applying;
  const amount = BigInt(message.amountMinor);
  const { commissionMinor, taxMinor } = sharesOf(await partsOfDispute(tx, payment, amount));
  const paid = { capturedMinor: payment.capturedAmount, platformDiscountMinor: platformDiscountOf(payment) };
  const promoMinor = promoShareOf(paid, { amountMinor: 0n, promoMinor: 0n }, amount);
  const dispute = await tx.dispute.create({
    data: {
      id: newId(),
      paymentId: payment.id,
      providerDisputeId: message.disputeRef,
      reason: message.reason,
      amount,
      commissionAmount: commissionMinor,
      taxAmount: taxMinor,
      promoAmount: promoMinor,
      currency: message.currency,
      evidenceDueAt: message.evidenceDueAt === undefined ? null : new Date(message.evidenceDueAt),
      openedAt: now,
    },
  });
  const shares = { amountMinor: amount, commissionMinor, taxMinor, promoMinor };
  await bookDispute(tx, bookedPayment(payment), { disputeId: dispute.id, ...shares, at: now });
  await deriveStatus(applying, payment);
  await record(disputeOpened, told(payment, dispute));
  return dispute;
};

interface Closing {
  dispute: DisputeRow;
  status: 'WON' | 'LOST' | 'WITHDRAWN';
}

const close = async (applying: Applying, payment: PaymentRow, { dispute, status }: Closing): Promise<void> => {
  const { tx, record, now } = applying;
  // Refunds that settled meanwhile have had their parts: the bank takes of what is left.
  const parts = status === 'LOST' ? await partsOfDispute(tx, payment, dispute.amount) : null;
  const given = parts && sharesOf(parts);
  await tx.dispute.update({
    where: { id: dispute.id },
    data: {
      ...{ status, closedAt: now },
      ...(parts && { parts: storedParts(parts) }),
      ...(given && { commissionAmount: given.commissionMinor, taxAmount: given.taxMinor }),
    },
    select: { id: true },
  });
  const { hostId, currency } = bookedPayment(payment);
  const walletOf = payment.purpose === 'WALLET_TOP_UP' ? { walletOf: payment.userId } : {};
  const ended = { disputeId: dispute.id, paymentId: payment.id, hostId, currency, ...walletOf, at: now };
  if (given) await journalDisputeLost(tx, { ...ended, given });
  else await journalDisputeWon(tx, ended);
  await deriveStatus(applying, payment);
  // What was owed waited for the bank: it goes back now, or the bank has taken it.
  await askAgainForAll(applying, payment);
  // Money that was disputed before anything was given for it may buy what it was for.
  if (status !== 'LOST' && payment.purpose === 'BOOKING') await tellCapturedAgain(applying.record, payment);
  await record(status === 'LOST' ? disputeLost : disputeWon, told(payment, dispute));
};

const told = (payment: PaymentRow, dispute: DisputeRow) => ({
  disputeId: dispute.id,
  paymentId: payment.id,
  bookingId: payment.bookingId,
  eventId: payment.eventId,
  userId: payment.userId,
  amountMinor: wireMinor(dispute.amount),
  currency: dispute.currency,
});
