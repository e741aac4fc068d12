import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { offerSeats } from './offer-seats.ts';
import { eventsWithWaiting } from './waitlist.reads.ts';

const sweepWaitlists = job({
  name: 'waitlist.sweep',
  summary: 'Offers free seats to who waits where no release did: raised capacities, a head that waited long enough',
  payload: z.object({}),
  everyMs: 60_000,
});

/** Events in one turn; what is left is for the next. */
const EVENTS = 500;

export const sweepWaitlist = ({ database }: { database: Database }): JobHandler =>
  jobHandler({
    contract: sweepWaitlists,
    run: async () => {
      for (const eventId of await eventsWithWaiting(database, EVENTS)) {
        await database.$transaction((tx) => offerSeats(tx, recordIn(tx), eventId));
      }
    },
  });
