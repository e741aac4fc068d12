import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { paymentCancelled, paymentMoved } from '../facts.ts';
import type { PaymentRow } from './payment.reads.ts';
import { UNCAPTURED_STATES } from './rank.rules.ts';

/**
 * Gives a payment up, if nothing was taken yet. The provider is told by a job; what comes in all the same goes back.
 * @returns false when it was captured, or over, before
 */
export const cancelPayment = async (
  tx: Transaction,
  record: RecordFact,
  payment: Pick<PaymentRow, 'id' | 'bookingId' | 'userId'>,
): Promise<boolean> => {
  const { id: paymentId, bookingId, userId } = payment;
  const { count } = await tx.payment.updateMany({
    where: { id: paymentId, status: { in: [...UNCAPTURED_STATES] } },
    data: { status: 'CANCELLED' },
  });
  if (count === 0) return false;
  await record(paymentCancelled, { paymentId, bookingId, userId });
  await record(paymentMoved, { paymentId, userId });
  return true;
};

interface Ending {
  bookingId: string;
  now: Date;
}

/** Gives up every payment of a booking that has taken nothing. @returns how many */
export const cancelOpenPayments = async (
  tx: Transaction,
  record: RecordFact,
  { bookingId }: Ending,
): Promise<number> => {
  const open = await tx.payment.findMany({
    where: { bookingId, status: { in: [...UNCAPTURED_STATES] } },
    select: { id: true, bookingId: true, userId: true },
    orderBy: { id: 'asc' },
  });
  let cancelled = 0;
  for (const payment of open) if (await cancelPayment(tx, record, payment)) cancelled += 1;
  return cancelled;
};
