import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction, LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Log } from '../../../platform/log.ts';
import { eachAlone } from '../applying/each-alone.ts';
import { paymentsDue } from './due.reads.ts';
import { findHoldbackDays } from './holdback.reads.ts';
import { releaseEarnings } from './release.writes.ts';

const release = job({
  name: 'earning.release',
  summary: 'Makes available what events earned that ended longer ago than the holdback.',
  payload: z.object({}),
  everyMs: 5 * 60_000,
});

const DAY_MS = 24 * 3_600_000;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PAGE = 200;
/** Payments looked at in one turn: 5,000. The next turn goes on behind them. */
const PAGES = 25;

interface Deps {
  database: Database;
  clock: Clock;
  log: Log;
}

/** Each payment is released in a transaction of its own, so a turn that dies loses nothing and repeats nothing. */
export const releaseDueEarnings = ({ database, clock, log }: Deps): JobHandler => {
  let after = FIRST_ID;
  return jobHandler({
    contract: release,
    run: async () => {
      const now = clock.now();
      const endedBefore = new Date(now.getTime() - (await findHoldbackDays(database)) * DAY_MS);
      for (let page = 0; page < PAGES; page += 1) {
        const due = await paymentsDue(database, { now, endedBefore, after, limit: PAGE });
        await eachAlone({ log }, due, async ({ id }) => {
          await boundTransaction(database, (tx) => releaseEarnings(tx, id, now), LONG_BOUNDS);
        });
        after = due.at(-1)?.id ?? FIRST_ID;
        if (due.length < PAGE) {
          after = FIRST_ID;
          return;
        }
      }
    },
  });
};
