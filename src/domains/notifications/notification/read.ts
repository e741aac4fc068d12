import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { notificationsRead } from '../facts.ts';
import { read } from './contract.ts';
import { countUnread } from './notification.reads.ts';
import { markRead } from './notification.writes.ts';

/** Marks the caller's notifications as read. Ids of others' are passed over like those of none. */
export const readNotifications = () =>
  commit(read, {
    load: nothing,
    allow: anyone,
    run: async ({ ids }, _subject, { tx, actor, now, record, audit }) => {
      const count = await markRead(tx, { userId: actor.userId, ids, now });
      audit({ targetType: 'notification', targetId: ids?.length === 1 ? (ids[0] ?? '') : '', after: { read: count } });
      if (count > 0) await record(notificationsRead, { userId: actor.userId });
      return { read: count, unread: await countUnread(tx, actor.userId) };
    },
  });
