import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { bookingExpired, capacityChanged, seatsFreed } from '../facts.ts';
import { lapseOffers } from '../inventory/lapse-offers.steps.ts';
import { releaseSeats } from '../inventory/seats.writes.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { moveUses } from '../promo-code/promo.writes.ts';
import { HOLDING } from './booking.rules.ts';
import { cancelAdmissionsOf, moveBookings, settleHolds } from './booking.writes.ts';
import { deadBookings, deadRequests } from './dead.reads.ts';

interface Parts {
  tx: Transaction;
  record: RecordFact;
  stock: Stock;
}

/** Holds that one transaction buries at most; the rest is for the next. */
const BATCH = 200;

/**
 * Buries what is over at an event, under its lock: holds that were not paid, offers that were not answered, requests that
 * nobody decided. Payments of such bookings stay open: money that comes late claims the seats again, or goes back.
 * @returns the stock as it is then
 */
export const buryDead = async (parts: Parts): Promise<Stock> => {
  const { tx, stock } = parts;
  const buried = [await expireHolds(parts), await lapseOffers(parts), await expireRequests(parts)];
  if (!buried.includes(true)) return stock;
  return (await lockStock(tx, stock.event.id)) ?? stock;
};

const expireHolds = async ({ tx, record, stock }: Parts): Promise<boolean> => {
  if (!stock.event.hasDeadHolds) return false;
  const dead = await deadBookings(tx, stock.event.id, BATCH);
  if (dead.length === 0) return false;
  const { id: eventId, hostId } = stock.event;
  const moved = new Set(
    await moveBookings(
      tx,
      dead.map(({ id }) => id),
      { from: HOLDING, to: 'EXPIRED', now: stock.now },
    ),
  );
  const seats = await settleHolds(tx, [...moved], 'EXPIRED');
  await releaseSeats(tx, eventId, seats);
  await moveUses(tx, 'release', [...moved]);
  await cancelAdmissionsOf(tx, [...moved], stock.now);
  for (const { id: bookingId, userId, quantity } of dead.filter(({ id }) => moved.has(id))) {
    await record(bookingExpired, { eventId, hostId, bookingId, userId, quantity });
  }
  await tellFreed(record, eventId, seats);
  return true;
};

const expireRequests = async ({ tx, record, stock }: Parts): Promise<boolean> => {
  const { id: eventId, hostId } = stock.event;
  const dead = await deadRequests(tx, eventId, BATCH);
  if (dead.length === 0) return false;
  const ids = dead.map(({ id }) => id);
  const moved = new Set(await moveBookings(tx, ids, { from: ['REQUESTED'], to: 'EXPIRED', now: stock.now }));
  await cancelAdmissionsOf(tx, [...moved], stock.now);
  for (const { id: bookingId, userId, quantity } of dead.filter(({ id }) => moved.has(id))) {
    await record(bookingExpired, { eventId, hostId, bookingId, userId, quantity });
  }
  return true;
};

/** Tells of seats that came free, once a type. */
export const tellFreed = async (
  record: RecordFact,
  eventId: string,
  seats: readonly { ticketTypeId: string }[],
): Promise<void> => {
  const types = new Set(seats.map(({ ticketTypeId }) => ticketTypeId));
  for (const ticketTypeId of types) await record(seatsFreed, { eventId, ticketTypeId });
  if (types.size > 0) await record(capacityChanged, { eventId });
};
