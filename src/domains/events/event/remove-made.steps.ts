import type { Removing } from '../../../platform/removal.ts';
import { eventCancelled, seatsFreed } from '../facts.ts';
import { releaseSeats, returnSeats, type Seats } from '../inventory/seats.writes.ts';
import { lockEvent, moveEvent } from './event.writes.ts';
import { freeBookings, removableEvents, runningEvents, takenSeats, waitingOf } from './remove-made.reads.ts';
import { deleteBookings, deleteEvents, deletePromoCodes, deleteWaiting } from './remove-made.writes.ts';

/** One call removes at most so much, so that its transaction stays well below its bound. */
const MAX_EVENTS = 100;
const MAX_BOOKINGS = 2_000;

/**
 * Removes the events that accounts host and only test accounts had to do with, and what the accounts booked for nothing at
 * those of others, whose seats come free. An event that people booked is called off as its host would, and stays; so does
 * what was paid for.
 * @returns false when there is more to remove
 */
export const removeMadeEvents = async (removing: Removing): Promise<boolean> => {
  const { tx, userIds } = removing;
  const eventIds = await removableEvents(tx, userIds, MAX_EVENTS);
  await deleteEvents(tx, eventIds);
  await callOff(removing);
  const given = await giveBack(removing);
  await deletePromoCodes(tx, userIds);
  return eventIds.length < MAX_EVENTS && given < MAX_BOOKINGS;
};

/** Its bookings follow by the fact, as whenever an event is cancelled. */
const callOff = async ({ tx, userIds, record, now }: Removing): Promise<void> => {
  const along = { cancellationReason: 'OTHER', cancellationNote: null } as const;
  for (const { eventId, hostId } of await runningEvents(tx, userIds)) {
    await lockEvent(tx, eventId);
    if (!(await moveEvent(tx, eventId, 'cancel', { now, along }))) continue;
    const told = { eventId, hostId, cancelledBy: hostId, reason: 'OTHER', note: null } as const;
    await record(eventCancelled, { ...told, cancelledAt: now.toISOString() });
  }
};

/** @returns how many bookings and places in queues went */
const giveBack = async ({ tx, userIds, record }: Removing): Promise<number> => {
  const bookingIds = await freeBookings(tx, userIds, MAX_BOOKINGS);
  const waitingIds = await waitingOf(tx, userIds, MAX_BOOKINGS);
  const taken = await takenSeats(tx, { bookingIds, waitingIds });
  // An event comes before its types in the order of locks, and events in the order of their ids.
  for (const [eventId, seats] of byEvent(taken)) {
    await lockEvent(tx, eventId);
    await releaseSeats(tx, eventId, seats.held);
    await returnSeats(tx, eventId, seats.sold);
    await record(seatsFreed, { eventId, ticketTypeId: null });
  }
  await deleteWaiting(tx, waitingIds);
  await deleteBookings(tx, bookingIds);
  return Math.max(bookingIds.length, waitingIds.length);
};

interface Taken extends Seats {
  eventId: string;
  isSold: boolean;
}

const byEvent = (taken: readonly Taken[]): Map<string, { held: Seats[]; sold: Seats[] }> => {
  const events = new Map<string, { held: Seats[]; sold: Seats[] }>();
  for (const { eventId, isSold, ticketTypeId, quantity } of taken) {
    const seats = events.get(eventId) ?? { held: [], sold: [] };
    seats[isSold ? 'sold' : 'held'].push({ ticketTypeId, quantity });
    events.set(eventId, seats);
  }
  return events;
};
