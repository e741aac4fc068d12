import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { lockStock } from '../inventory/stock.writes.ts';
import { eventsWithDead } from './dead.reads.ts';
import { buryDead } from './expire.steps.ts';

const sweepExpired = job({
  name: 'booking.sweepExpired',
  summary: 'Gives up holds that were not paid, offers that were not answered, requests that nobody decided',
  payload: z.object({}),
  everyMs: 5_000,
});

/** Events in one turn; what is left is for the next. */
const EVENTS = 200;

/** Frees what is over. Nothing waits for it: a dead hold is dead for every claim and payment before it comes. */
export const sweepExpiredBookings = (deps: TransactionDeps & { log: Log }): JobHandler =>
  jobHandler({
    contract: sweepExpired,
    run: async () =>
      oneByOne(deps.log, await eventsWithDead(deps.database, EVENTS), (eventId) =>
        transact(deps, async ({ tx, record }) => {
          const stock = await lockStock(tx, eventId);
          if (stock) await buryDead({ tx, record, stock });
        }),
      ),
  });
