import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import { seatsFreed } from '../facts.ts';
import { offerSeats } from './offer-seats.ts';

/** Offers what came free to who waits. */
export const onSeatsFreed = ({ database }: { database: Database }): Subscriber =>
  subscribe({
    name: 'events.offerFreedSeats',
    fact: seatsFreed,
    run: async ({ eventId }) => {
      await database.$transaction((tx) => offerSeats(tx, recordIn(tx), eventId));
    },
  });
