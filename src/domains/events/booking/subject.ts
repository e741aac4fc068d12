import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Standing } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { readStock } from '../inventory/stock.reads.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { eventIdOf, findBooking } from './booking.reads.ts';
import type { BookingRecord } from './booking.rules.ts';

/** A booking with its event, and how the actor stands to it. */
export interface BookingSubject {
  booking: BookingRecord;
  stock: Stock;
  standing: Standing;
}

/** A booking to look at, or null. Whether the actor may know of it `canSeeBooking` says. */
export const lookAtBooking = async (
  reader: Pick<Transaction, 'booking' | '$queryRaw'>,
  bookingId: string,
  actor: Actor,
): Promise<BookingSubject | null> => {
  const eventId = await eventIdOf(reader, bookingId);
  const stock = eventId === null ? null : await readStock(reader, eventId);
  return stock && withBooking(reader, stock, { bookingId, actor });
};

/** Reads the booking of a stock that is locked, or not. */
export const withBooking = async (
  reader: Pick<Transaction, 'booking' | '$queryRaw'>,
  stock: Stock,
  { bookingId, actor }: { bookingId: string; actor: Actor },
): Promise<BookingSubject | null> => {
  // Read after the lock: what waited sees what was done before it.
  const booking = await findBooking(reader, bookingId);
  return booking && { booking, stock, standing: await findStanding(reader, stock.event.id, actor) };
};
