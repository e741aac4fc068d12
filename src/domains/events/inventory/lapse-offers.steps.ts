import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { capacityChanged, seatsFreed, waitlistLapsed } from '../facts.ts';
import { deadOffers } from './offers.reads.ts';
import { endOffers, requeue } from './offers.writes.ts';
import { releaseSeats } from './seats.writes.ts';
import type { Stock } from './stock.rules.ts';

interface Parts {
  tx: Transaction;
  record: RecordFact;
  stock: Stock;
}

const BATCH = 200;

/**
 * Ends offers that were not answered in time, under the event's lock: their seats are free again, their entries wait at
 * the end of the line, or are taken off it after too many. @returns whether there were any
 */
export const lapseOffers = async ({ tx, record, stock }: Parts): Promise<boolean> => {
  if (!stock.event.hasDeadHolds) return false;
  const { id: eventId, hostId } = stock.event;
  const dead = await deadOffers(tx, eventId, BATCH);
  if (dead.length === 0) return false;
  const seats = await endOffers(
    tx,
    dead.map(({ id }) => id),
    'LAPSED',
  );
  await releaseSeats(tx, eventId, seats);
  const removed = await requeue(
    tx,
    dead.map(({ entryId }) => entryId),
  );
  for (const { id: offerId, entryId, userId } of dead) {
    await record(waitlistLapsed, { eventId, hostId, entryId, userId, offerId, isRemoved: removed.has(entryId) });
  }
  for (const ticketTypeId of new Set(seats.map((each) => each.ticketTypeId))) {
    await record(seatsFreed, { eventId, ticketTypeId });
  }
  await record(capacityChanged, { eventId });
  return true;
};
