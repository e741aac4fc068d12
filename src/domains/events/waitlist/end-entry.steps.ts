import type { OfferStatus, WaitlistStatus } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { tellFreed } from '../booking/expire.steps.ts';
import { waitlistEnded } from '../facts.ts';
import { endOffers } from '../inventory/offers.writes.ts';
import { releaseSeats } from '../inventory/seats.writes.ts';
import type { EntryRow } from './waitlist.reads.ts';
import { findEntries } from './waitlist.reads.ts';
import { moveEntry } from './waitlist.writes.ts';

interface Parts {
  tx: Transaction;
  record: RecordFact;
}

interface Ending {
  to: Extract<WaitlistStatus, 'LEFT' | 'REVOKED'>;
  /** What becomes of an open offer. */
  offer: Extract<OfferStatus, 'DECLINED' | 'REVOKED'>;
}

/** Takes an entry off the list, with its open offer, whose seats are free then. @throws CONFLICT when it waits no longer */
export const endEntry = async ({ tx, record }: Parts, entry: EntryRow, { to, offer }: Ending): Promise<EntryRow> => {
  const isMoved = await moveEntry(tx, entry.id, { from: ['WAITING', 'OFFERED'], to });
  if (!isMoved) throw new AppError('CONFLICT', `The entry is ${entry.status} already.`);
  const seats = entry.offerId === null ? [] : await endOffers(tx, [entry.offerId], offer);
  await releaseSeats(tx, entry.eventId, seats);
  const { id: entryId, eventId, hostId, userId } = entry;
  await record(waitlistEnded, { entryId, eventId, hostId, userId, status: to });
  await tellFreed(record, eventId, seats);
  const [after] = await findEntries(tx, { id: entryId });
  if (!after) throw new Error(`entry ${entryId} was ended and is gone`);
  return after;
};
