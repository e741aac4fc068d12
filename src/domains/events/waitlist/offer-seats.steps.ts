import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { exclusiveClaims } from '../booking/booking.reads.ts';
import { buryDead } from '../booking/expire.steps.ts';
import { closedEvent, closedType } from '../booking/order.rules.ts';
import { capacityChanged, waitlistOffered } from '../facts.ts';
import { claimSeats } from '../inventory/seats.writes.ts';
import { couldEverHold } from '../inventory/stock.rules.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { selectWaiting, type WaitingEntry } from './queue.rules.ts';
import { liveOffers, waitingEntries } from './waitlist.reads.ts';
import { insertOffers } from './waitlist.writes.ts';

/** Entries looked at in one selection; freed seats are rarely so many, and the next selection goes on. */
const LOOKED_AT = 500;

/**
 * Offers what is free at an event to who waits, in one transaction under the event's lock. Repeats offer nothing twice:
 * what is offered is not free any more.
 * @returns how many offers were made
 */
export const offerSeats = async (tx: Transaction, record: RecordFact, eventId: string): Promise<number> => {
  const locked = await lockStock(tx, eventId);
  if (!locked) return 0;
  const stock = await buryDead({ tx, record, stock: locked });
  const { event, now } = stock;
  if (!event.waitlistEnabled || closedEvent(stock) !== null) return 0;
  const entries = await waitingEntries(tx, eventId, LOOKED_AT);
  if (entries.length === 0) return 0;
  const taken = await claimsOf(
    tx,
    eventId,
    entries,
    [...stock.types.values()].filter(({ oneActivePerUser }) => oneActivePerUser).map(({ id }) => id),
  );
  const selection = selectWaiting(
    stock,
    entries,
    ({ userId, quantity }, type) =>
      couldEverHold(stock, type, quantity) && closedType(type, now) === null && !taken.has(`${userId} ${type.id}`),
  );
  const seats = selection.chosen.map(({ entry, ticketTypeId }) => ({ ticketTypeId, quantity: entry.quantity }));
  if (!(await claimSeats(tx, eventId, seats))) throw new Error('the seats were free and are not');
  const offered = await insertOffers(tx, { stock, selection });
  for (const { unitPrice: _unitPrice, ...offer } of offered) {
    await record(waitlistOffered, { eventId, hostId: event.hostId, ...offer });
  }
  if (offered.length > 0) await record(capacityChanged, { eventId });
  return offered.length;
};

/** Who holds or is offered which type already, where another claim would be refused. */
const claimsOf = async (
  tx: Transaction,
  eventId: string,
  entries: readonly WaitingEntry[],
  onceEach: readonly string[],
): Promise<Set<string>> => {
  const userIds = [...new Set(entries.map(({ userId }) => userId))];
  return new Set([...(await exclusiveClaims(tx, userIds, onceEach)), ...(await liveOffers(tx, eventId))]);
};
