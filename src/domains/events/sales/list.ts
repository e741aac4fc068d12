import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { takenByEvent, wireMoney } from '../../payments/api.ts';
import { list } from './contract.ts';
import { eventsRunBy } from './sales.reads.ts';

/** Shows what came in for each of the caller's events. */
export const listSales = ({ database }: { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ eventIds }, _subject, { actor }) => {
      const events = await eventsRunBy(database, actor.userId, eventIds);
      const ids = events.map(({ id }) => id);
      const taken = await takenByEvent(database, ids);
      const items = events.map(({ id, currency }) => ({
        eventId: id,
        taken: wireMoney(taken.get(`${id} ${currency}`) ?? 0n, currency),
      }));
      return { items };
    },
  });
