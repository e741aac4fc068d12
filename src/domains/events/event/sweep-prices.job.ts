import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { takePricesDue } from './event.writes.ts';
import { refreshPrice } from './price.writes.ts';

/** Events that one transaction looks at, so that none holds its locks for long. */
const BATCH = 100;

const sweepPrices = job({
  name: 'event.sweepPrices',
  summary: 'Finds anew the price that lists show, where a window of sale has opened or closed.',
  payload: z.object({}),
  everyMs: 30_000,
});

/** Each batch leaves no event due: the next has others. */
export const sweepEventPrices = ({ database, clock }: { database: Database; clock: Clock }): JobHandler =>
  jobHandler({
    contract: sweepPrices,
    run: async () => {
      const sweep = () =>
        boundTransaction(database, async (tx) => {
          const due = await takePricesDue(tx, clock.now(), BATCH);
          let settled = 0;
          for (const { id } of due) settled += (await refreshPrice(tx, id)) ? 1 : 0;
          return due.length === BATCH && settled > 0;
        });
      while (await sweep());
    },
  });
