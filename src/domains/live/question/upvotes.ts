import type { RoomEntry } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { RoomLog } from '../../../platform/rooms/log.ts';
import type { BallotLoad } from '../ballot/ballot.store.ts';
import { applyChanges, changesOf, questionVotesIn } from '../ballot/overlay.rules.ts';
import { roomOf } from '../room-name.rules.ts';
import { findQuestion, type QuestionRow, wantedAmong, wantersOf } from './question.reads.ts';
import { takesUpvotes } from './question.rules.ts';

/** The value of an upvote on a ballot. */
export const WANTED = '1';

interface Deps {
  database: Database;
  rooms: Pick<RoomLog, 'undurable'>;
}

/** What may not be in PostgreSQL yet. To be read before PostgreSQL is, so that nothing falls between the two. */
export const endOfLog = async (rooms: Deps['rooms'], eventId: string): Promise<RoomEntry[]> =>
  (await rooms.undurable([roomOf(eventId)])).get(roomOf(eventId))?.entries ?? [];

/** Gives the upvotes of a question, from PostgreSQL and the end of the log, for Redis to go on from. */
export const loadQuestionBallot = async (
  { database, rooms }: Deps,
  eventId: string,
  questionId: string,
): Promise<BallotLoad> => {
  const entries = await endOfLog(rooms, eventId);
  const question = await findQuestion(database, eventId, questionId);
  const wanters = Object.fromEntries((await wantersOf(database, questionId)).map((userId) => [userId, WANTED]));
  const isClosed = !question || !takesUpvotes(question);
  return { isClosed, votes: applyChanges(wanters, changesOf(entries, questionId)) };
};

/** Questions with the upvotes that are not stored yet, and whether somebody's is among them. */
export const withUpvotes = async (
  database: Pick<Database, 'questionVote'>,
  rows: readonly QuestionRow[],
  { userId, entries }: { userId: string; entries: readonly RoomEntry[] },
): Promise<{ row: QuestionRow; isUpvoted: boolean }[]> => {
  const stored = await wantedAmong(
    database,
    userId,
    rows.map(({ id }) => id),
  );
  const last = new Map(entries.flatMap(questionVotesIn).map(({ id, upvotes }) => [id, upvotes]));
  return rows.map((row) => {
    const own = changesOf(entries, row.id).findLast(([voter]) => voter === userId);
    const isUpvoted = own ? own[1] !== '' : stored.has(row.id);
    return { row: { ...row, upvotes: last.get(row.id) ?? row.upvotes }, isUpvoted };
  });
};
