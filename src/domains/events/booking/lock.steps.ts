import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { eventIdOf } from './booking.reads.ts';
import { type BookingSubject, withBooking } from './subject.ts';

/** A booking under its event's lock, as everything that changes one takes it, or null. */
export const holdBooking = async (tx: Transaction, bookingId: string, actor: Actor): Promise<BookingSubject | null> => {
  const eventId = await eventIdOf(tx, bookingId);
  const stock = eventId === null ? null : await lockStock(tx, eventId);
  return stock && withBooking(tx, stock, { bookingId, actor });
};
