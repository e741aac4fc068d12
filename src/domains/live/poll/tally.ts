import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { contextOf } from '../../../platform/subject-keys/subject-keys.ts';
import type { BallotLoad, BallotStore, Counts } from '../ballot/ballot.store.ts';
import { applyChanges, changesOf } from '../ballot/overlay.rules.ts';
import { roomOf } from '../room-name.rules.ts';
import { seesTally, type Viewer } from '../standing/policy.ts';
import { isCounted, type PollRow, storedVote, storedVotes } from './poll.reads.ts';
import { averageOf, countWords, voterHash } from './poll.rules.ts';
import { showPoll } from './present.ts';

export interface TallyDeps {
  database: Database;
  rooms: Pick<RoomLog, 'position' | 'undurable'>;
  sealing: Pick<Sealing, 'open'>;
  ballots: Pick<BallotStore, 'counts' | 'votes' | 'voteOf'>;
}

/** Gives the context that a poll's key is sealed to; it opens nowhere else. */
export const keyPlace = (pollId: string): string => contextOf({ table: 'polls', column: 'key', rowId: pollId });

/** The key of a poll, or null once it is destroyed. */
export const openKey = (sealing: Pick<Sealing, 'open'>, { id, key }: Pick<PollRow, 'id' | 'key'>): Buffer | null =>
  key === null ? null : Buffer.from(sealing.open(key, keyPlace(id)), 'base64url');

/** A poll's votes from PostgreSQL and the end of the log, for Redis to go on from. */
export const loadPollBallot = async (
  { database, rooms }: Pick<TallyDeps, 'database' | 'rooms'>,
  eventId: string,
  pollId: string,
): Promise<BallotLoad> => {
  const room = roomOf(eventId);
  // Before the rows, so that nothing falls between the two.
  const entries = (await rooms.undurable([room])).get(room)?.entries ?? [];
  const poll = await database.poll.findUnique({ where: { id: pollId }, select: { status: true } });
  const stored = await storedVotes(database, pollId);
  return { isClosed: poll?.status !== 'OPEN', votes: applyChanges(stored, changesOf(entries, pollId)) };
};

/** Gives the counts of a poll now, with the votes that are not stored yet. */
const countsOf = async (deps: TallyDeps, poll: PollRow, epoch: string): Promise<Counts> => {
  const counted = await deps.ballots.counts(poll.eventId, poll.id, epoch);
  if (counted) return counted;
  const { votes } = await loadPollBallot(deps, poll.eventId, poll.id);
  const byOption: Record<string, number> = {};
  for (const value of Object.values(votes)) {
    for (const choice of isCounted(poll) ? value.split(',') : []) byOption[choice] = (byOption[choice] ?? 0) + 1;
  }
  return { voters: Object.keys(votes).length, votes: byOption };
};

const textsOf = async (deps: TallyDeps, poll: PollRow, epoch: string): Promise<string[]> => {
  const votes =
    (await deps.ballots.votes(poll.eventId, poll.id, epoch)) ??
    (await loadPollBallot(deps, poll.eventId, poll.id)).votes;
  return Object.values(votes);
};

/** The results of counts, as they are shown. */
export const resultsOf = (poll: Pick<PollRow, 'kind' | 'options'>, counts: Counts, texts: readonly string[] = []) => ({
  voters: counts.voters,
  votes: counts.votes,
  average:
    poll.kind === 'RATING'
      ? averageOf(
          poll.options.map(({ id }) => id),
          counts.votes,
        )
      : null,
  words: countWords(texts),
});

/** A poll with what one person may see of it (V4). */
export const viewPoll = async (
  deps: TallyDeps,
  poll: PollRow,
  { viewer, userId }: { viewer: Viewer; userId: string },
) => {
  const { epoch } = await deps.rooms.position(roomOf(poll.eventId));
  const own = await ownVote(deps, poll, { epoch, userId });
  const counts = await countsOf(deps, poll, epoch);
  const isSeen = seesTally(poll, { supervises: viewer.supervises, hasVoted: own !== '' });
  const texts = isSeen && !isCounted(poll) ? await textsOf(deps, poll, epoch) : [];
  return {
    ...showPoll(poll),
    voters: counts.voters,
    results: isSeen ? resultsOf(poll, counts, texts) : null,
    mine: mineOf(poll, own),
  };
};

const ownVote = async (
  deps: TallyDeps,
  poll: PollRow,
  { epoch, userId }: { epoch: string; userId: string },
): Promise<string> => {
  const key = openKey(deps.sealing, poll);
  if (!key) return '';
  const voter = voterHash(key, userId);
  const known = await deps.ballots.voteOf(poll.eventId, poll.id, { epoch, voter });
  return known ?? storedVote(deps.database, poll.id, voter);
};

const mineOf = (poll: PollRow, value: string) => {
  if (value === '') return null;
  return isCounted(poll) ? { choices: value.split(','), text: null } : { choices: [], text: value };
};
