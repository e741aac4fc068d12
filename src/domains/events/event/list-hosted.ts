import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import { blockedAmong, idsByUsername } from '../../identity/api.ts';
import type { Pictured } from '../../media/api.ts';
import { listHosted } from './public/contract.ts';
import { hostedEvents } from './public/public.reads.ts';
import { summarise } from './summarise.ts';

/** The public events of a host. */
export const listHostedEvents = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(listHosted, {
    load: nothing,
    allow: anyone,
    run: async ({ username, when, cursor, limit }, _subject, { actor, now }) => {
      const after = readCursor(cursor);
      const [hostId] = await idsByUsername(database, [username]);
      if (hostId === undefined) return { items: [], nextCursor: null };
      const blocked = actor && (await blockedAmong(database, actor.userId, [hostId]));
      if (blocked?.has(hostId)) return { items: [], nextCursor: null };
      const rows = await hostedEvents(database, { hostId, when, now, after, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, ({ startDate: at, id }) => ({ at, id }));
      return { items: items.map((row) => summarise(row, { pictures, now })), nextCursor };
    },
  });
