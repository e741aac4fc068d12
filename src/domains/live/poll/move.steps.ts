import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { pollClosed, pollMoved } from '../facts.ts';
import { countPolls, type PollRow } from './poll.reads.ts';
import { afterPollMove, type PollMove } from './poll.rules.ts';
import { updatePoll } from './poll.writes.ts';

const MAX_OPEN = 20;

interface Moving {
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/** Moves a poll that is held and tells of it; a move that was made before changes nothing. @throws CONFLICT */
export const movePoll = async (
  { tx, record, now }: Moving,
  { poll, hostId }: { poll: PollRow; hostId: string },
  move: PollMove,
): Promise<PollRow> => {
  const status = afterPollMove(poll, move, now);
  if (status === null) throw new AppError('CONFLICT', refusalOf(poll, move));
  if (status === poll.status) return poll;
  if (move === 'open' && (await countPolls(tx, poll.eventId, 'OPEN')) >= MAX_OPEN) {
    throw new AppError('CONFLICT', `${MAX_OPEN} polls are open: close one first.`);
  }
  const moved = await updatePoll(tx, poll, { status, ...stampsOf(poll, move, now) });
  const told = { eventId: poll.eventId, hostId, pollId: poll.id };
  if (move === 'close') await record(pollClosed, { ...told, closedAt: now.toISOString() });
  else await record(pollMoved, { ...told, change: move === 'open' ? 'OPENED' : 'CANCELLED' });
  return moved;
};

const stampsOf = ({ seconds, openedAt }: PollRow, move: PollMove, now: Date) => {
  if (move !== 'open') return { closedAt: now };
  const closesAt = seconds === null ? null : new Date(now.getTime() + seconds * 1_000);
  return { openedAt: openedAt ?? now, closesAt, closedAt: null };
};

const refusalOf = ({ status }: PollRow, move: PollMove): string => {
  if (move === 'open' && status === 'CLOSED') return 'A poll is opened again within ten minutes after its close.';
  return `The poll is ${status}.`;
};
