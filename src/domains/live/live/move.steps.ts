import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { liveChanged, liveEnded, liveOpened } from '../facts.ts';
import { closeOpenPolls } from '../poll/close.steps.ts';
import type { Stage } from '../standing/standing.reads.ts';
import { afterMove, type StageMove } from './stage.rules.ts';
import { holdStage, moveStage } from './stage.writes.ts';

interface Moving {
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/**
 * Moves a stage and tells of it; a move that was made before changes nothing.
 * @throws CONFLICT when it cannot be made any more
 */
export const moveStageOf = async (
  { tx, record, now }: Moving,
  { eventId, hostId }: { eventId: string; hostId: string },
  move: StageMove,
): Promise<Stage> => {
  const before = await holdStage(tx, eventId);
  const status = afterMove(before.status, move);
  if (status === null) throw new AppError('CONFLICT', `The stage is ${before.status}.`);
  if (status === before.status) return before;
  if (move === 'close') await closeOpenPolls({ tx, record, now }, { eventId, hostId });
  const stamps = move === 'close' ? { endedAt: now } : { openedAt: before.openedAt ?? now };
  const after = await moveStage(tx, eventId, { status, ...stamps });
  if (move === 'open') await record(liveOpened, { eventId, hostId, openedAt: now.toISOString() });
  if (move === 'pause') await record(liveChanged, { eventId, hostId, change: 'PAUSED' });
  if (move === 'close') await record(liveEnded, { eventId, hostId, endedAt: now.toISOString() });
  return after;
};
