import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { seatsFreed } from '../facts.ts';
import type { SoldOut } from './sold-out.store.ts';
import { readStock } from './stock.reads.ts';

interface Deps {
  database: Database;
  soldOut: Pick<SoldOut, 'clear'>;
}

/** Takes the mark "sold out" away from what came free. */
export const clearSoldOut = ({ database, soldOut }: Deps): Subscriber =>
  subscribe({
    name: 'events.clearSoldOut',
    fact: seatsFreed,
    run: async ({ eventId }) => {
      // All types: where the event's own capacity was short, all of them were marked.
      const stock = await readStock(database, eventId);
      await soldOut.clear(eventId, [...(stock?.types.keys() ?? [])]);
    },
  });
