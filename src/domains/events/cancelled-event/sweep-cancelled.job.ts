import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { Log } from '../../../platform/log.ts';
import { oneByOne } from '../../../platform/upkeep/one-by-one.ts';
import { cancelledWithLive } from '../booking/dead.reads.ts';
import { endAllOf } from './on-event-cancelled.ts';

const sweepCancelled = job({
  name: 'booking.sweepCancelled',
  summary: 'Ends what is still booked or waited for at events that were cancelled',
  payload: z.object({}),
  everyMs: 60_000,
});

/** Events in one turn; what is left is for the next. */
const EVENTS = 20;

/**
 * The net below the fact that an event was cancelled, whatever became of that: nobody keeps a booking of an event that will
 * not take place, or waits for one, and the money for it goes back. One event that cannot be ended does not stop the others.
 */
export const sweepCancelledEvents = (deps: TransactionDeps & { log: Log }): JobHandler =>
  jobHandler({
    contract: sweepCancelled,
    run: async () =>
      oneByOne(deps.log, await cancelledWithLive(deps.database, EVENTS), async (eventId) => {
        await endAllOf(deps, eventId);
        deps.log.warn({ eventId }, 'a cancelled event still had bookings or people who wait');
      }),
  });
