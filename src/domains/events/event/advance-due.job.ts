import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type Transacting, type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { eventArchived } from '../facts.ts';
import { toTime } from '../times.rules.ts';
import { findEvent } from './event.reads.ts';
import { moveEvent, partWithEvent, takeEnding, takeForgotten, takeStarting } from './event.writes.ts';
import { REPORTS } from './reports.rules.ts';

/** Events that one transaction moves, so that none holds its locks for long. */
const BATCH = 100;
/** How long after its end an event is put away by itself. */
const ARCHIVE_AFTER_MS = 365 * 24 * 60 * 60 * 1_000;

const advanceDue = job({
  name: 'event.advanceDue',
  summary: 'Starts events whose start has come, completes those whose end has, archives those that ended a year ago.',
  payload: z.object({}),
  everyMs: 20_000,
});

/** Each edge is taken by the same conditional update as anybody’s: a host who is quicker wins, and the job passes on. */
export const advanceDueEvents = (deps: TransactionDeps): JobHandler =>
  jobHandler({
    contract: advanceDue,
    run: async () => {
      for (const batch of [startBatch, completeBatch, archiveBatch]) {
        while ((await transact(deps, batch)) === BATCH);
      }
    },
  });

const startBatch = async (transacting: Transacting): Promise<number> => {
  const { tx, now } = transacting;
  const due = await takeStarting(tx, now, BATCH);
  for (const { id } of due) await takeClockEdge(transacting, id, 'start');
  return due.length;
};

const completeBatch = async (transacting: Transacting): Promise<number> => {
  const { tx, now } = transacting;
  const due = await takeEnding(tx, now, BATCH);
  for (const { id } of due) await takeClockEdge(transacting, id, 'complete');
  return due.length;
};

const archiveBatch = async ({ tx, record, now }: Transacting): Promise<number> => {
  const due = await takeForgotten(tx, new Date(now.getTime() - ARCHIVE_AFTER_MS), BATCH);
  for (const { id: eventId, hostId } of due) {
    if (!(await partWithEvent(tx, eventId, 'archive', now))) continue;
    await record(eventArchived, { eventId, hostId, archivedAt: toTime(now) });
  }
  return due.length;
};

const takeClockEdge = async (
  { tx, record, now }: Transacting,
  eventId: string,
  edge: 'start' | 'complete',
): Promise<void> => {
  const event = await findEvent(tx, eventId);
  if (!event || !(await moveEvent(tx, eventId, edge, { now }))) return;
  await REPORTS[edge]({ record, event, actorId: null, now });
};
