import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import type { Pictured } from '../../media/api.ts';
import { list } from './contract.ts';
import { eventsOfTeamMember } from './event.reads.ts';
import { summarise } from './summarise.ts';

/** The events the caller hosts or works for. */
export const listOwnEvents = ({ database, pictures }: Pictured & { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ status, section, archived, cursor, limit }, _subject, { actor, now }) => {
      const wanted = { userId: actor.userId, status, section, archived, after: readCursor(cursor) };
      const rows = await eventsOfTeamMember(database, { ...wanted, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, ({ startDate: at, id }) => ({ at, id }));
      return { items: items.map((row) => summarise(row, { pictures, now })), nextCursor };
    },
  });
