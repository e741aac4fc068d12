import type { FactContract } from '../../../kernel/contract.ts';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import { waitlistEnded, waitlistJoined, waitlistLapsed, waitlistOffered } from '../facts.ts';
import { toTimeOrNull } from '../times.rules.ts';
import { moved } from './contract.ts';
import { type EntryRow, findEntries } from './waitlist.reads.ts';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'append'>;
}

/** Others whose place is told when somebody ahead of them moved; who waits farther back looks by waitlist.list. */
const TOLD = 50;

/** Tells people's devices of their place: who moved, and the next in line. */
export const onEntryMoved = (deps: Deps): Subscriber[] =>
  [waitlistJoined, waitlistOffered, waitlistLapsed, waitlistEnded].map((fact) => tellOn(deps, fact));

const tellOn = ({ database, rooms }: Deps, fact: FactContract): Subscriber =>
  subscribe({
    name: `events.tellPlaceOn.${fact.name}`,
    fact,
    run: async (payload, factId) => {
      // Safe: each of the four facts names its entry and its event.
      const { entryId, eventId } = payload as { entryId: string; eventId: string };
      const own = await findEntries(database, { id: entryId });
      const next = fact.name === waitlistJoined.name ? [] : await nextInLine(database, eventId);
      const told = new Map([...own, ...next].map((entry) => [entry.id, entry]));
      for (const entry of told.values()) await tell(rooms, entry, factId);
    },
  });

const nextInLine = async (database: Database, eventId: string): Promise<EntryRow[]> => {
  const entries = await findEntries(database, { eventId, limit: 10 * TOLD });
  return entries.filter(({ position }) => position !== null && position <= TOLD);
};

const tell = async (rooms: Pick<RoomLog, 'append'>, entry: EntryRow, factId: string): Promise<void> => {
  const { id: entryId, eventId, userId, status, position, offerStatus, offerExpiresAt } = entry;
  const data = {
    entryId,
    eventId,
    status,
    position,
    offerExpiresAt: offerStatus === 'OFFERED' ? toTimeOrNull(offerExpiresAt) : null,
  };
  try {
    await rooms.append(`user:${userId}`, { id: `${factId}/${entryId}`, signal: moved.name, data });
  } catch (error) {
    // Who has closed their account has no room any more, and nobody in it.
    if (!(error instanceof AppError && error.code === 'NOT_FOUND')) throw error;
  }
};
