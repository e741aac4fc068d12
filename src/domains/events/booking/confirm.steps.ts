import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { bookingConfirmed, capacityChanged } from '../facts.ts';
import { convertSeats } from '../inventory/seats.writes.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { moveUses } from '../promo-code/promo.writes.ts';
import { ensureSigningKey } from '../ticket/signing-key.writes.ts';
import { type BookingRecord, HOLDING, isDeadHold } from './booking.rules.ts';
import { issueAdmissions, moveBookings, settleHolds } from './booking.writes.ts';
import { confirmation } from './settle-placed.steps.ts';

export interface Confirming {
  tx: Transaction;
  record: RecordFact;
  sealing: Pick<Sealing, 'seal'>;
  stock: Stock;
}

/**
 * Sells what a booking holds, under the event's lock: seats, uses of codes, tickets.
 * @returns false when its hold is over, or somebody else was first: then nothing was changed (I3)
 */
export const confirmBooking = async (parts: Confirming, booking: BookingRecord): Promise<boolean> => {
  const { tx, record, stock } = parts;
  const { id: eventId, hostId } = stock.event;
  if (isDeadHold(booking, stock.now)) return false;
  const [moved] = await moveBookings(tx, [booking.id], {
    from: HOLDING,
    to: 'CONFIRMED',
    now: stock.now,
    holdExpiresAt: null,
  });
  if (moved === undefined) return false;
  await convertSeats(tx, eventId, await settleHolds(tx, [booking.id], 'SOLD'));
  await moveUses(tx, 'redeem', [booking.id]);
  await issueAdmissions(tx, [booking.id], stock.now);
  await ensureSigningKey(parts, stock.event);
  const { id: bookingId, userId, quantity } = booking;
  await record(bookingConfirmed, { eventId, hostId, bookingId, userId, quantity, ...confirmation(booking, stock.now) });
  await record(capacityChanged, { eventId });
  return true;
};
