import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { tellFreed } from '../booking/expire.steps.ts';
import { waitlistEnded } from '../facts.ts';
import { endOffers } from '../inventory/offers.writes.ts';
import { releaseSeats } from '../inventory/seats.writes.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { openOffersOf, revokeEntries } from './waitlist.writes.ts';

interface Parts {
  tx: Transaction;
  record: RecordFact;
}

/** Takes up to `limit` entries of an event off the list, with their offers. @returns whether there may be more */
export const revokeAll = async ({ tx, record }: Parts, eventId: string, limit: number): Promise<boolean> => {
  const stock = await lockStock(tx, eventId);
  if (!stock) return false;
  const entries = await revokeEntries(tx, eventId, limit);
  const offers = await openOffersOf(
    tx,
    entries.map(({ id }) => id),
  );
  const seats = await endOffers(tx, offers, 'REVOKED');
  await releaseSeats(tx, eventId, seats);
  const { hostId } = stock.event;
  for (const { id: entryId, userId } of entries) {
    await record(waitlistEnded, { entryId, eventId, hostId, userId, status: 'REVOKED' });
  }
  await tellFreed(record, eventId, seats);
  return entries.length === limit;
};
