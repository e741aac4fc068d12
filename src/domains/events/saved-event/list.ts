import type { Actor } from '../../../kernel/actor.ts';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Pictured } from '../../media/api.ts';
import { canSee, type Guarded, STRANGER } from '../event/policy.ts';
import { findStanding } from '../event/standing.reads.ts';
import { summarise } from '../event/summarise.ts';
import { list } from './contract.ts';
import { savedBy, showSaved } from './saved-event.reads.ts';

/** The caller’s list. */
export const listSavedEvents = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ cursor, limit }, _subject, { actor, now }) => {
      const wanted = { userId: actor.userId, after: readCursor(cursor) };
      const rows = await savedBy(database, { ...wanted, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, (row) => ({ at: row.createdAt, id: row.eventId }));
      const seen = await Promise.all(items.map(({ event }) => maySee(database, event, actor)));
      const shown = items.filter((_row, index) => seen[index]);
      return {
        items: shown.map((row) => ({ ...showSaved(row), event: summarise(row.event, { pictures, now }) })),
        nextCursor,
      };
    },
  });

/** Most events are for everyone; of the others the database is asked. */
const maySee = async (database: Database, event: Guarded & { id: string }, actor: Actor): Promise<boolean> =>
  canSee(event, STRANGER) || canSee(event, await findStanding(database, event.id, actor));
