import type { PollKind, PollStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

const WITH_OPTIONS = { options: { orderBy: { sortOrder: 'asc' } } } as const;
type Reader = Pick<Transaction, 'poll'>;

/** A poll of an event with its options, or null. */
export const findPoll = (reader: Reader, eventId: string, pollId: string) =>
  reader.poll.findFirst({ where: { id: pollId, eventId }, include: WITH_OPTIONS });

export type PollRow = NonNullable<Awaited<ReturnType<typeof findPoll>>>;

/** A page of the polls of an event with these statuses, in their order. */
export const pollsOf = (
  reader: Reader,
  eventId: string,
  { statuses, after, limit }: { statuses: PollStatus[]; after: PollRow | null; limit: number },
) =>
  reader.poll.findMany({
    where: {
      eventId,
      status: { in: statuses },
      ...(after
        ? { OR: [{ sortOrder: { gt: after.sortOrder } }, { sortOrder: after.sortOrder, id: { gt: after.id } }] }
        : {}),
    },
    include: WITH_OPTIONS,
    orderBy: [{ sortOrder: 'asc' }, { id: 'asc' }],
    take: limit,
  });

/** Polls of the stage as one comes to it: those that are open, then the last that were closed. */
export const pollsOnStage = (reader: Reader, eventId: string, limit: number) =>
  reader.poll.findMany({
    where: { eventId, status: { in: ['OPEN', 'CLOSED'] } },
    include: WITH_OPTIONS,
    orderBy: [{ status: 'asc' }, { openedAt: 'desc' }, { id: 'asc' }],
    take: limit,
  });

/** Polls that were opened within a time, the first first. */
export const pollsOpenedBetween = (reader: Reader, eventId: string, { from, limit }: { from: Date; limit: number }) =>
  reader.poll.findMany({
    where: { eventId, status: { in: ['OPEN', 'CLOSED'] }, openedAt: { gte: from } },
    include: WITH_OPTIONS,
    orderBy: [{ openedAt: 'asc' }, { id: 'asc' }],
    take: limit,
  });

export const openPollIds = async (reader: Reader, eventId: string): Promise<string[]> =>
  (await reader.poll.findMany({ where: { eventId, status: 'OPEN' }, select: { id: true } })).map(({ id }) => id);

export const countPolls = (reader: Reader, eventId: string, status?: PollStatus): Promise<number> =>
  reader.poll.count({ where: { eventId, ...(status === undefined ? {} : { status }) } });

interface Due {
  id: string;
  eventId: string;
}

/** Open polls whose time is over. */
export const overduePolls = (reader: Reader, now: Date, limit: number): Promise<Due[]> =>
  reader.poll.findMany({
    where: { status: 'OPEN', closesAt: { lte: now } },
    select: { id: true, eventId: true },
    orderBy: { closesAt: 'asc' },
    take: limit,
  });

/** Polls that were closed, or cancelled, before a time and whose key is still there. */
export const keyedPolls = (reader: Reader, closedBefore: Date, limit: number): Promise<Due[]> =>
  reader.poll.findMany({
    where: { status: { in: ['CLOSED', 'CANCELLED'] }, key: { not: null }, closedAt: { lte: closedBefore } },
    select: { id: true, eventId: true },
    orderBy: { closedAt: 'asc' },
    take: limit,
  });

interface VoteRow {
  voter_hash: Uint8Array;
  choices: string[];
  text: string | null;
}

/** Every vote on a poll as it is stored: value by voter. */
export const storedVotes = async (
  reader: Pick<Transaction, '$queryRaw'>,
  pollId: string,
): Promise<Record<string, string>> => {
  const rows = await reader.$queryRaw<VoteRow[]>`
    SELECT voter_hash, choices, text FROM poll_votes WHERE poll_id = ${pollId}::uuid`;
  return Object.fromEntries(rows.map((row) => [hashText(row.voter_hash), voteText(row)]));
};

/** One voter's vote as it is stored, '' for none. */
export const storedVote = async (
  reader: Pick<Transaction, 'pollVote'>,
  pollId: string,
  voter: string,
): Promise<string> => {
  const voterHash = new Uint8Array(Buffer.from(voter, 'base64url'));
  const row = await reader.pollVote.findUnique({ where: { pollId_voterHash: { pollId, voterHash } } });
  return row ? voteText(row) : '';
};

const hashText = (hash: Uint8Array): string => Buffer.from(hash).toString('base64url');
const voteText = ({ text, choices }: Pick<VoteRow, 'text' | 'choices'>): string => text ?? choices.join(',');

/** Whether votes on a poll are counted by option. */
export const isCounted = ({ kind }: { kind: PollKind }): boolean => kind !== 'OPEN_TEXT';
