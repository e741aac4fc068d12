import type { Transaction } from '../../../platform/db/client.ts';
import type { Applying } from '../applying/applying.steps.ts';
import { sendBack } from '../capture/capture.writes.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';

/** Sends back what is left of it, unless the booking was confirmed in the meantime. @returns whether anything was sent */
export const refundUnlessConfirmed = async (
  applying: Pick<Applying, 'tx' | 'record' | 'now'>,
  payment: PaymentRow,
): Promise<boolean> => {
  if (payment.bookingId === null || (await isConfirmed(applying.tx, payment.bookingId))) return false;
  return (await sendBack(applying, payment)) > 0n;
};

/** Locked until the transaction ends: whoever confirms it now waits, and finds the refund. */
const isConfirmed = async (tx: Transaction, bookingId: string): Promise<boolean> => {
  const rows = await tx.$queryRaw<{ confirmed: boolean }[]>`
    SELECT status = 'CONFIRMED' OR confirmed_at IS NOT NULL AS confirmed FROM bookings
    WHERE id = ${bookingId}::uuid FOR UPDATE`;
  return rows[0]?.confirmed ?? false;
};
