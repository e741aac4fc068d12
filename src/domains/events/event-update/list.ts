import { anyone, handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import { canSeeEvent } from '../event/policy.ts';
import { findSubject } from '../event/subject.ts';
import { allUpdatesOf } from './archived-updates.reads.ts';
import { list } from './contract.ts';
import { publishedAtOf, showUpdate } from './event-update.reads.ts';
import { audiencesOf } from './policy.ts';

/** What the team told, as far as it was meant for the caller. */
export const listUpdates = ({ database }: { database: Database }) =>
  handle(list, {
    load: ({ eventId }, { actor }) => findSubject(database, eventId, actor),
    sees: canSeeEvent,
    allow: anyone,
    run: async ({ eventId, cursor, limit }, { standing }) => {
      const wanted = { eventId, audiences: audiencesOf(standing), after: readCursor(cursor) };
      const rows = await allUpdatesOf(database, { ...wanted, limit: limit + 1 });
      const { items, nextCursor } = pageOf(rows, limit, (row) => ({ at: publishedAtOf(row), id: row.id }));
      return { items: items.map(showUpdate), nextCursor };
    },
  });
