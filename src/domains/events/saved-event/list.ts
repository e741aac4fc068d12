import type { Actor } from '../../../kernel/actor.ts';
import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import { blockedAmong } from '../../identity/api.ts';
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
      const hostIds = items.map(({ event }) => event.hostId);
      const blocked = await blockedAmong(database, actor.userId, hostIds);
      const seen = await Promise.all(items.map(({ event }) => maySee(database, { event, blocked }, actor)));
      const shown = items.filter((_row, index) => seen[index]);
      return {
        items: shown.map((row) => ({ ...showSaved(row), event: summarise(row.event, { pictures, now }) })),
        nextCursor,
      };
    },
  });

interface Saved {
  event: Guarded & { id: string; hostId: string };
  /** Hosts between whom and the caller a block stands. */
  blocked: ReadonlySet<string>;
}

/** Most events are for everyone; of the others the database is asked. */
const maySee = async (database: Database, { event, blocked }: Saved, actor: Actor): Promise<boolean> =>
  (canSee(event, STRANGER) && !blocked.has(event.hostId)) ||
  canSee(event, await findStanding(database, event.id, actor));
