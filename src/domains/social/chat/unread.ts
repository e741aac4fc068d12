import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { unread } from './contract.ts';
import { countUnread } from './list.reads.ts';

/** The one number that an app shows on its icon. */
export const countUnreadChats = ({ database }: { database: Database }) =>
  handle(unread, {
    load: nothing,
    allow: anyone,
    run: (_input, _subject, { actor }) => countUnread(database, actor.userId),
  });
