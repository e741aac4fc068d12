import type { z } from 'zod';
import type { RefundInitiator, RefundReason } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import { holdForRefund } from '../credit/refund-hold.writes.ts';
import { refundRequested } from '../facts.ts';
import { wireMinor } from '../money/wire.rules.ts';
import { leftOf } from '../payment/left.rules.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import type { Covered } from './covered.rules.ts';
import { leftOfAdmission } from './owed.reads.ts';
import { presentRefund, type RefundView } from './present.ts';

/** What is to go back, and why. */
export interface RefundRequest {
  paymentId: string;
  bookingId: string | null;
  /** The admission it is for; absent when it is for the whole. */
  participantId?: string;
  amountMinor: bigint;
  /** The admissions that one refund of several is for, each with its part of the amount; absent when it is for the whole. */
  admissions?: readonly { id: string; amountMinor: bigint }[];
  /** Whether the platform keeps its fee, as long as something else is left to give back. */
  isFeeKept?: boolean;
  reason: RefundReason;
  initiator: RefundInitiator;
  /** Absent when nobody asked: the platform does it by rule. */
  requestedById?: string | null;
  note?: string;
  now: Date;
}

/**
 * Asks for money back. Its provider is called by a job once this transaction has committed; what a host took by hand waits
 * until they say that they paid it back (`by-hand.writes.ts`). What has not failed, and what
 * is disputed or was lost to a dispute, never exceed what was taken, nor what one admission paid. The credit that a top-up
 * became is held until its refund settles or fails.
 * @throws NOT_FOUND without such a payment or admission, CONFLICT when less than that is left, of the payment or of the credit
 */
export const requestRefund = async (
  tx: Transaction,
  record: RecordFact,
  request: RefundRequest,
): Promise<RefundView> => {
  const payment = await lockPayment(tx, request.paymentId);
  if (!payment) throw new AppError('NOT_FOUND', 'There is no such payment.');
  refuseTooMuch(payment, request.amountMinor);
  await refuseMoreThanAdmission(tx, payment, request);
  const id = newId();
  const row = await tx.refund.create({
    data: {
      id,
      paymentId: payment.id,
      bookingId: request.bookingId,
      participantId: request.participantId ?? null,
      requestedById: request.requestedById ?? null,
      reason: request.reason,
      initiator: request.initiator,
      note: request.note ?? null,
      amount: request.amountMinor,
      ...coveredBy(request),
      currency: payment.currency,
      byHand: payment.provider === 'MANUAL',
      createdAt: request.now,
    },
  });
  if (payment.purpose === 'WALLET_TOP_UP') {
    const { userId, currency } = payment;
    await holdForRefund(tx, { refundId: id, userId, currency, amountMinor: request.amountMinor });
  }
  await record(refundRequested, { refundId: id });
  return presentRefund(row);
};

/** What a refund is for, as it is kept; what it gives back of tax and commission is decided when it settles. */
export const coveredBy = ({
  admissions,
  isFeeKept = false,
}: Pick<RefundRequest, 'admissions' | 'isFeeKept'>): { covers?: z.output<typeof Covered> } => {
  if (admissions === undefined && !isFeeKept) return {};
  const named = admissions?.map(({ id, amountMinor }) => ({ id, amountMinor: wireMinor(amountMinor) }));
  return { covers: { isFeeKept, ...(named === undefined ? {} : { admissions: named }) } };
};

const refuseTooMuch = (payment: PaymentRow, amountMinor: bigint): void => {
  if (amountMinor <= 0n) throw new AppError('CONFLICT', 'There is nothing to send back.');
  const left = leftOf(payment);
  if (amountMinor > left) {
    throw new AppError('CONFLICT', `amountMinor: of this payment ${left} ${payment.currency} minor units are left.`);
  }
};

const refuseMoreThanAdmission = async (
  tx: Transaction,
  { currency, bookingId }: PaymentRow,
  { participantId, amountMinor }: RefundRequest,
): Promise<void> => {
  if (participantId === undefined) return;
  const left = await leftOfAdmission(tx, { participantId, bookingId });
  if (left === null) throw new AppError('NOT_FOUND', 'participantId: is no admission of this booking.');
  if (amountMinor > left) {
    throw new AppError('CONFLICT', `amountMinor: of this admission ${left} ${currency} minor units are left.`);
  }
};
