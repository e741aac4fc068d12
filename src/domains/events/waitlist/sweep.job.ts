import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { offerSeats } from './offer-seats.steps.ts';
import { eventsWithWaiting } from './waitlist.reads.ts';

const sweepWaitlists = job({
  name: 'waitlist.sweep',
  summary: 'Offers free seats to who waits where no release did: raised capacities, a head that waited long enough',
  payload: z.object({}),
  everyMs: 60_000,
});

/** Events in one turn; what is left is for the next. */
const EVENTS = 500;

export const sweepWaitlist = ({ database, log }: { database: Database; log: Log }): JobHandler =>
  jobHandler({
    contract: sweepWaitlists,
    run: async () =>
      oneByOne(log, await eventsWithWaiting(database, EVENTS), async (eventId) => {
        await boundTransaction(database, (tx) => offerSeats(tx, recordIn(tx), eventId));
      }),
  });
