import type { Sockets } from '../../../platform/sockets.ts';
import type { BookingRecord } from './booking.rules.ts';
import { changed } from './contract.ts';

/** Tells the booker's other devices of bookings that wait for a payment or a decision. Best effort, after the commit. */
export const tellHeld = async (
  sockets: Pick<Sockets, 'tellUser'>,
  bookings: readonly BookingRecord[],
): Promise<void> => {
  for (const { id: bookingId, eventId, userId, status } of bookings) {
    if (status !== 'CONFIRMED') sockets.tellUser(userId, changed, { bookingId, eventId, status });
  }
};
