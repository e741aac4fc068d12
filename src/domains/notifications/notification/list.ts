import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { pageOf, readCursor } from '../../../platform/db/pages.ts';
import { list } from './contract.ts';
import { countUnread, inboxOf, show } from './notification.reads.ts';

/** The caller's inbox. */
export const listNotifications = ({ database }: { database: Database }) =>
  handle(list, {
    load: nothing,
    allow: anyone,
    run: async ({ unreadOnly, cursor, limit }, _subject, { actor }) => {
      const wanted = { userId: actor.userId, unreadOnly, after: readCursor(cursor), limit: limit + 1 };
      const [rows, unread] = await Promise.all([inboxOf(database, wanted), countUnread(database, actor.userId)]);
      const { items, nextCursor } = pageOf(rows, limit, ({ id, createdAt }) => ({ id, at: createdAt }));
      return { items: items.map(show), nextCursor, unread };
    },
  });
