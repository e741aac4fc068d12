import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { canSell } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { list } from './contract.ts';
import { presentEntry } from './present.ts';
import { findEntries } from './waitlist.reads.ts';

/** Own places; an event's, for its team. */
export const listWaitlist = ({ database }: { database: Database }) =>
  handle(list, {
    load: async ({ eventId }, { actor }) => {
      if (eventId === undefined) return true;
      return canSell(await findStanding(database, eventId, actor)) || null;
    },
    allow: anyone,
    run: async ({ eventId, cursor, limit }, _subject, { actor }) => {
      const of = eventId === undefined ? { userId: actor.userId } : { eventId };
      const rows = await findEntries(database, { ...of, after: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit).map(presentEntry);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  });
