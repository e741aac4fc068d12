import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
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
export const sweepEventPrices = (deps: TransactionDeps): JobHandler =>
  jobHandler({
    contract: sweepPrices,
    run: async () => {
      const sweep = () =>
        transact(deps, async ({ tx, now }) => {
          const due = await takePricesDue(tx, now, BATCH);
          let settled = 0;
          for (const { id } of due) settled += (await refreshPrice(tx, id)) ? 1 : 0;
          return due.length === BATCH && settled > 0;
        });
      while (await sweep());
    },
  });
