import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { eachAlone } from '../applying/each-alone.ts';
import { subscriptionsPaid } from './earned.reads.ts';
import { recogniseEarned } from './recognise.writes.ts';

const recognise = job({
  name: 'subscription.recognise',
  summary: 'Makes what was paid for plans income, month by month as it passes.',
  payload: z.object({}),
  everyMs: 3_600_000,
});

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PAGE = 200;
/** Subscriptions looked at in one turn: 10,000. The next turn goes on behind them. */
const PAGES = 50;
/** What ended longer ago was made income long ago. */
const LOOK_BACK_MS = 62 * 24 * 3_600_000;

/** A month is booked once, however often it is asked for. */
export const recogniseSubscriptions = (deps: TransactionDeps & { log: Log }): JobHandler => {
  let after = FIRST_ID;
  return jobHandler({
    contract: recognise,
    run: async () => {
      const since = new Date(deps.clock.now().getTime() - LOOK_BACK_MS);
      for (let page = 0; page < PAGES; page += 1) {
        const paid = await subscriptionsPaid(deps.database, { since, after, limit: PAGE });
        await eachAlone(deps, paid, ({ id }) =>
          transact(deps, ({ tx, now }) => recogniseEarned(tx, id, now), LONG_BOUNDS),
        );
        after = paid.length < PAGE ? FIRST_ID : (paid.at(-1)?.id ?? FIRST_ID);
        if (after === FIRST_ID) return;
      }
    },
  });
};
