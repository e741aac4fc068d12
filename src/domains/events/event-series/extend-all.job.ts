import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Clock } from '../../../platform/clock.ts';
import type { Database } from '../../../platform/db/client.ts';
import { transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { takeShortSeries } from './event-series.writes.ts';
import { extendSeries } from './extend.steps.ts';
import { AHEAD_MS } from './reach.ts';

/** Transactions of one run; the rest has its turn in the next. */
const MAX_BATCHES = 500;
/** A series is looked at again when it reaches a day less far than it should. */
const SLACK_MS = 24 * 60 * 60 * 1_000;

const extendAll = job({
  name: 'eventSeries.extendAll',
  summary: 'Makes the events of every series that does not reach as far ahead as it should.',
  payload: z.object({}),
  everyMs: 60_000,
});

interface Deps {
  database: Database;
  clock: Clock;
  log: Log;
}

/**
 * One transaction a batch; several workers may run it, each series is one's at a time. A series that cannot go on, for
 * its category was taken out of use, for one, is passed over and holds up no other.
 */
export const extendAllSeries = ({ database, clock, log }: Deps): JobHandler =>
  jobHandler({
    contract: extendAll,
    run: async () => {
      const failed: string[] = [];
      for (let count = 0; count < MAX_BATCHES; count += 1) {
        const seriesId = await extendNext({ database, clock, log }, failed);
        if (seriesId === null) return;
      }
    },
  });

/** @returns the series that was extended or failed, null when none is left */
const extendNext = async ({ database, clock, log }: Deps, failed: string[]): Promise<string | null> => {
  let seriesId: string | null = null;
  try {
    await transact({ database, clock }, async ({ tx, record, now }) => {
      const horizon = new Date(now.getTime() + AHEAD_MS - SLACK_MS);
      const series = await takeShortSeries(tx, { horizon, now, except: failed });
      seriesId = series?.id ?? null;
      if (series) await extendSeries(tx, series, { record, now });
    });
  } catch (error) {
    if (seriesId === null || !(error instanceof AppError)) throw error;
    log.warn({ seriesId, err: error }, 'a series cannot go on');
    failed.push(seriesId);
  }
  return seriesId;
};
