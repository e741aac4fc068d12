import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { findStanding } from '../event/standing.reads.ts';
import { list } from './contract.ts';
import { canListWaitlist } from './policy.ts';
import { presentEntry } from './present.ts';
import { findEntries } from './waitlist.reads.ts';

/** Own places; an event's, for its team. */
export const listWaitlist = ({ database }: { database: Database }) =>
  handle(list, {
    load: async ({ eventId }, { actor }) => ({
      standing: eventId === undefined ? null : await findStanding(database, eventId, actor),
    }),
    sees: canListWaitlist,
    allow: anyone,
    run: async ({ eventId, cursor, limit }, _subject, { actor }) => {
      const of = eventId === undefined ? { userId: actor.userId } : { eventId };
      const rows = await findEntries(database, { ...of, after: cursor, limit: limit + 1 });
      const items = rows.slice(0, limit).map(presentEntry);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
  });
