import type { Applying } from '../applying/applying.steps.ts';
import { closeBreaks } from '../break/break.writes.ts';
import { takeHoldOf, voidHoldOf } from '../credit/refund-hold.writes.ts';
import { refundFailed, refundSettled } from '../facts.ts';
import { bookRefund, bookRefundFailed } from '../ledger/book.steps.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { bookedPayment, platformDiscountOf } from '../payment/booked.rules.ts';
import { deriveStatus } from '../payment/derive.writes.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { partsOfRefund, storedParts } from './gone.reads.ts';
import { isOwed } from './owed.rules.ts';
import { noteOwed } from './owed.writes.ts';
import { sharesOf } from './portions.rules.ts';
import { promoShareOf } from './promo-share.rules.ts';
import { type RefundRow, sumSettled } from './refund.reads.ts';

type Settling = Pick<Applying, 'tx' | 'record' | 'now'>;

/** What others are told of a refund. */
const told = (payment: PaymentRow, refund: RefundRow) => ({
  refundId: refund.id,
  paymentId: payment.id,
  bookingId: refund.bookingId,
  participantId: refund.participantId,
  userId: payment.userId,
  amountMinor: wireMinor(refund.amount),
  currency: refund.currency,
});

/**
 * Marks a refund settled, books it and tells it, all or nothing.
 * @param payment locked
 * @returns false when it was settled before
 */
export const settleRefund = async (
  { tx, record, now }: Settling,
  payment: PaymentRow,
  refund: RefundRow,
  providerRefundId: string | null,
): Promise<boolean> => {
  // Decided now, of what has gone back: refunds that fail, or settle after all, leave no unit behind.
  const parts = await partsOfRefund(tx, payment, refund);
  const { commissionMinor, taxMinor } = sharesOf(parts);
  const promoMinor = await promoOf(tx, payment, refund);
  const { count } = await tx.refund.updateMany({
    // What failed after it had settled is over: the provider’s last word is said.
    where: { id: refund.id, status: { not: 'SETTLED' }, settledAt: null },
    data: {
      status: 'SETTLED',
      parts: storedParts(parts),
      commissionAmount: commissionMinor,
      taxAmount: taxMinor,
      promoAmount: promoMinor,
      settledAt: now,
      submittedAt: refund.submittedAt ?? now,
      failureMessage: null,
      providerRefundId: refund.providerRefundId ?? providerRefundId,
    },
  });
  if (count === 0) return false;
  const endHold = await takeHoldOf(tx, refund.id);
  await bookRefund(tx, bookedPayment(payment), {
    refundId: refund.id,
    amountMinor: refund.amount,
    commissionMinor,
    taxMinor,
    promoMinor,
    at: now,
    reference: refund.reference,
    ...(endHold === undefined ? {} : { endHold }),
  });
  await closeBreaks(tx, { paymentId: payment.id, reference: refund.id, note: 'refund: it settled after all', now });
  await deriveStatus({ tx, record }, payment);
  await record(refundSettled, told(payment, refund));
  return true;
};

/** Worked out when it settles, of what has settled: one that failed, or comes after all, leaves no unit behind. */
const promoOf = async (tx: Settling['tx'], payment: PaymentRow, { amount }: RefundRow): Promise<bigint> => {
  const platformDiscountMinor = platformDiscountOf(payment);
  if (platformDiscountMinor === 0n) return 0n;
  const paid = { capturedMinor: payment.capturedAmount, platformDiscountMinor };
  return promoShareOf(paid, await sumSettled(tx, payment.id), amount);
};

/**
 * Marks a refund that has not settled as refused; what it held is free again. One that a rule demands stays owed.
 * @param payment locked
 * @returns false when it was over before
 */
export const failRefund = async (
  settling: Settling,
  payment: PaymentRow,
  refund: RefundRow,
  message: string,
): Promise<boolean> => {
  if (!(await giveUpRefund(settling, refund, message))) return false;
  await noteIfOwed(settling, payment, { ...refund, failureMessage: message });
  await settling.record(refundFailed, { ...told(payment, refund), message });
  return true;
};

/** What a rule demands stays owed. */
const noteIfOwed = async (settling: Settling, payment: PaymentRow, failed: RefundRow): Promise<void> => {
  if (isOwed({ reason: failed.reason, purpose: payment.purpose })) await noteOwed(settling, payment, failed);
};

/**
 * Undoes a refund that had settled, because its provider says that it failed after all: its journal is taken back, and the
 * payment has as much left as before. One that a rule demands is owed, and asked for again.
 * @param payment locked
 * @returns false when it had not settled
 */
export const unsettleRefund = async (
  settling: Settling,
  payment: PaymentRow,
  refund: RefundRow,
  message: string,
): Promise<boolean> => {
  const { tx, record, now } = settling;
  const { count } = await tx.refund.updateMany({
    where: { id: refund.id, status: 'SETTLED' },
    data: { status: 'FAILED', failureMessage: message },
  });
  if (count === 0) return false;
  await bookRefundFailed(tx, bookedPayment(payment), { refundId: refund.id, at: now });
  await noteIfOwed(settling, payment, { ...refund, failureMessage: message });
  await deriveStatus({ tx, record }, payment);
  await record(refundFailed, { ...told(payment, refund), message });
  return true;
};

/** Ends the attempt that was read, and tells nobody. @returns false when it was over, or another attempt began, before */
export const giveUpRefund = async (
  { tx }: Pick<Settling, 'tx'>,
  { id, attempt }: Pick<RefundRow, 'id' | 'attempt'>,
  message: string,
): Promise<boolean> => {
  const { count } = await tx.refund.updateMany({
    where: { id, attempt, status: { in: ['REQUESTED', 'SUBMITTED', 'UNKNOWN'] } },
    data: { status: 'FAILED', failureMessage: message },
  });
  if (count === 1) await voidHoldOf(tx, id);
  return count === 1;
};
