import { AppError } from '../../../kernel/errors.ts';
import { bookingDeclined } from '../facts.ts';
import { findBooking } from './booking.reads.ts';
import type { BookingRecord } from './booking.rules.ts';
import { cancelAdmissionsOf, moveBookings } from './booking.writes.ts';
import type { Confirming } from './confirm.steps.ts';

interface Declining {
  to: 'REJECTED' | 'WITHDRAWN';
  decidedById: string;
  note?: string | undefined;
}

/** Ends a request that claimed nothing. @returns the booking as it is then. @throws CONFLICT when it was decided before */
export const declineBooking = async (
  { tx, record, stock }: Pick<Confirming, 'tx' | 'record' | 'stock'>,
  { id: bookingId, userId }: BookingRecord,
  { to, decidedById, note }: Declining,
): Promise<BookingRecord> => {
  const { now, event } = stock;
  const move = { from: ['REQUESTED'], to, now, decidedById } as const;
  const [moved] = await moveBookings(tx, [bookingId], note === undefined ? move : { ...move, note });
  if (moved === undefined) throw new AppError('CONFLICT', 'The request was decided before.');
  await cancelAdmissionsOf(tx, [bookingId], now);
  await record(bookingDeclined, {
    eventId: event.id,
    hostId: event.hostId,
    bookingId,
    userId,
    status: to,
    decidedBy: decidedById,
  });
  const after = await findBooking(tx, bookingId);
  if (!after) throw new Error(`booking ${bookingId} was declined and is gone`);
  return after;
};
