import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
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
export const sweepExpiredBookings = ({ database, log }: { database: Database; log: Log }): JobHandler =>
  jobHandler({
    contract: sweepExpired,
    run: async () =>
      oneByOne(log, await eventsWithDead(database, EVENTS), (eventId) =>
        boundTransaction(database, async (tx) => {
          const stock = await lockStock(tx, eventId);
          if (stock) await buryDead({ tx, record: recordIn(tx), stock });
        }),
      ),
  });
