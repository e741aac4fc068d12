import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
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

export const sweepWaitlist = (deps: TransactionDeps & { log: Log }): JobHandler =>
  jobHandler({
    contract: sweepWaitlists,
    run: async () =>
      oneByOne(deps.log, await eventsWithWaiting(deps.database, EVENTS), async (eventId) => {
        await transact(deps, ({ tx, record }) => offerSeats(tx, record, eventId));
      }),
  });
