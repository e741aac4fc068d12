import type { Applying } from '../applying/applying.steps.ts';
import { paymentMoved } from '../facts.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { tellCaptured } from '../payment/tell-captured.steps.ts';
import { refundOwed } from '../refund/owed.writes.ts';
import { bookPayment } from './book.writes.ts';

/**
 * Marks a payment captured, books it and tells it, all or nothing. Money that came after the payment was given up is
 * booked too, and sent back.
 * @param payment locked, and not captured yet
 */
export const capturePayment = async (
  applying: Pick<Applying, 'tx' | 'record' | 'now'>,
  payment: PaymentRow,
  providerPaymentId: string | null,
): Promise<void> => {
  const { tx, record, now } = applying;
  const { id: paymentId, userId } = payment;
  await tx.payment.update({
    where: { id: paymentId },
    data: {
      status: 'COMPLETED',
      capturedAmount: payment.amount,
      completedAt: now,
      failureCode: null,
      providerPaymentId: payment.providerPaymentId ?? providerPaymentId,
    },
    select: { id: true },
  });
  await bookPayment(tx, payment, now);
  await record(paymentMoved, { paymentId, userId });
  if (payment.status === 'CANCELLED') {
    await sendBack(applying, payment);
    return;
  }
  await tellCaptured(record, payment, now);
};

/** Gives back what is left of a payment that nobody waits for: its booking has gone, or was paid another way. @returns how much */
export const sendBack = (
  { tx, record, now }: Pick<Applying, 'tx' | 'record' | 'now'>,
  payment: Pick<PaymentRow, 'id' | 'bookingId' | 'amount'>,
): Promise<bigint> =>
  refundOwed(tx, record, {
    paymentId: payment.id,
    bookingId: payment.bookingId,
    amountMinor: payment.amount,
    reason: 'LATE_PAYMENT',
    initiator: 'PLATFORM',
    now,
  });
