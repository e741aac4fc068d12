import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Standing } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { type EntryRow, findEntries } from './waitlist.reads.ts';

/** An entry with its event, and how the actor stands to it. */
export interface EntrySubject {
  entry: EntryRow;
  stock: Stock;
  standing: Standing;
}

/** An entry under its event's lock, or null. */
export const holdEntry = async (tx: Transaction, entryId: string, actor: Actor): Promise<EntrySubject | null> => {
  const [found] = await findEntries(tx, { id: entryId });
  const stock = found ? await lockStock(tx, found.eventId) : null;
  if (!stock) return null;
  // Read after the lock: what waited sees what was done before it.
  const [entry] = await findEntries(tx, { id: entryId });
  return entry ? { entry, stock, standing: await findStanding(tx, entry.eventId, actor) } : null;
};
