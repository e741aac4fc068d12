import type { Subscriber } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import { seatsFreed } from '../facts.ts';
import { offerSeats } from './offer-seats.steps.ts';

/** Offers what came free to who waits. */
export const onSeatsFreed = ({ database }: { database: Database }): Subscriber =>
  subscribeInTransaction(database, {
    name: 'events.offerFreedSeats',
    fact: seatsFreed,
    run: async (tx, { eventId }) => {
      await offerSeats(tx, recordIn(tx), eventId);
    },
  });
