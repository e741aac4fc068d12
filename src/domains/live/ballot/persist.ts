import type { RoomBatch, RoomEntry } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { pollVotesIn, questionVotesIn } from './overlay.rules.ts';
import { advanceStored } from './stored.writes.ts';
import { storePollVotes, storeQuestionVotes } from './votes.writes.ts';

/**
 * Stores what rooms of events say of votes. Harmless to repeat: a stage remembers how far its log is stored, and holds that
 * row while it stores, so that an older batch which comes late changes nothing.
 */
export const persistVotes = async (tx: Transaction, batches: RoomBatch[]): Promise<void> => {
  const rooms = batches
    .map(({ id, entries }) => ({ eventId: id, entries: entries.filter(holdsVotes) }))
    .filter(({ entries }) => entries.length > 0)
    .sort((a, b) => (a.eventId < b.eventId ? -1 : 1));
  for (const { eventId, entries } of rooms) {
    const after = await advanceStored(tx, eventId, entries.at(-1)?.seq ?? 0);
    // Of an event that is gone nothing is stored any more.
    if (after === null) continue;
    const fresh = entries.filter(({ seq }) => seq > after);
    await storePollVotes(tx, fresh.flatMap(votesAt));
    await storeQuestionVotes(tx, fresh.flatMap(questionVotesIn));
  }
};

const holdsVotes = (entry: RoomEntry): boolean => pollVotesIn(entry) !== null || questionVotesIn(entry).length > 0;

const votesAt = (entry: RoomEntry) => {
  const votes = pollVotesIn(entry);
  return votes ? [{ ...votes, atMs: entry.atMs }] : [];
};
