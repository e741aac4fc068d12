import type { PaymentFailureCode, PaymentStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { paymentFailed, paymentMoved } from '../facts.ts';
import type { ProviderPayment } from '../provider/provider.ts';
import { lockPayment } from './lock.writes.ts';
import type { PaymentRow } from './payment.reads.ts';

/** Keeps what the provider calls the payment and what its payer does next. @returns the status it has meanwhile */
export const noteSubmitted = async (
  tx: Transaction,
  paymentId: string,
  { message, clientAction }: ProviderPayment,
): Promise<PaymentStatus | null> => {
  const payment = await lockPayment(tx, paymentId);
  if (!payment) return null;
  await tx.payment.update({
    where: { id: paymentId },
    data: {
      providerPaymentId: payment.providerPaymentId ?? message.paymentRef,
      ...(clientAction === undefined ? {} : { clientAction: { ...clientAction } }),
    },
    select: { id: true },
  });
  return payment.status;
};

/** Ends a payment that its provider never had. */
export const failUnsubmitted = async (
  { tx, record }: Pick<Applying, 'tx' | 'record'>,
  { id: paymentId, bookingId, userId }: Pick<PaymentRow, 'id' | 'bookingId' | 'userId'>,
  code: PaymentFailureCode,
): Promise<void> => {
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, status: 'PENDING' },
    data: { status: 'FAILED', failureCode: code },
  });
  if (count === 0) return;
  await record(paymentMoved, { paymentId, userId });
  await record(paymentFailed, { paymentId, bookingId, userId, code });
};

/** Notes that the provider was asked just now, so that those who wait longest are asked first. */
export const noteAsked = async (tx: Transaction, paymentId: string, now: Date): Promise<void> => {
  await tx.payment.update({ where: { id: paymentId }, data: { updatedAt: now }, select: { id: true } });
};
