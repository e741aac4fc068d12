import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database, Transaction } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
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

interface Deps {
  database: Database;
  clock: Clock;
}

/** Each edge is taken by the same conditional update as anybody’s: a host who is quicker wins, and the job passes on. */
export const advanceDueEvents = ({ database, clock }: Deps): JobHandler =>
  jobHandler({
    contract: advanceDue,
    run: async () => {
      for (const batch of [startBatch, completeBatch, archiveBatch]) {
        while ((await boundTransaction(database, (tx) => batch(tx, clock.now()))) === BATCH);
      }
    },
  });

const startBatch = async (tx: Transaction, now: Date): Promise<number> => {
  const due = await takeStarting(tx, now, BATCH);
  for (const { id } of due) await takeClockEdge(tx, id, { edge: 'start', now });
  return due.length;
};

const completeBatch = async (tx: Transaction, now: Date): Promise<number> => {
  const due = await takeEnding(tx, now, BATCH);
  for (const { id } of due) await takeClockEdge(tx, id, { edge: 'complete', now });
  return due.length;
};

const archiveBatch = async (tx: Transaction, now: Date): Promise<number> => {
  const due = await takeForgotten(tx, new Date(now.getTime() - ARCHIVE_AFTER_MS), BATCH);
  for (const { id: eventId, hostId } of due) {
    if (!(await partWithEvent(tx, eventId, 'archive', now))) continue;
    await recordIn(tx)(eventArchived, { eventId, hostId, archivedAt: toTime(now) });
  }
  return due.length;
};

interface ClockStep {
  edge: 'start' | 'complete';
  now: Date;
}

const takeClockEdge = async (tx: Transaction, eventId: string, { edge, now }: ClockStep): Promise<void> => {
  const event = await findEvent(tx, eventId);
  if (!event || !(await moveEvent(tx, eventId, edge, { now }))) return;
  await REPORTS[edge]({ record: recordIn(tx), event, actorId: null, now });
};
