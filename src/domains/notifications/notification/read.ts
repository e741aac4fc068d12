import { type AppError, invalidField } from '../../../kernel/errors.ts';
import { anyone, nothing } from '../../../kernel/handler.ts';
import { commit } from '../../../platform/db/commit.ts';
import { notificationsRead } from '../facts.ts';
import { read } from './contract.ts';
import { countUnread, placeOf } from './notification.reads.ts';
import { markRead } from './notification.writes.ts';

/** Marks the caller's notifications as read. Ids of others' are passed over like those of none. */
export const readNotifications = () =>
  commit(read, {
    load: nothing,
    allow: anyone,
    run: async ({ ids, upTo }, _subject, { tx, actor, now, record, audit }) => {
      const { userId } = actor;
      const last = upTo === undefined ? undefined : await placeOf(tx, { userId, id: upTo });
      if (last === null) throw unknown();
      const count = await markRead(tx, { userId, ids, last, now });
      audit({ targetType: 'notification', targetId: ids?.length === 1 ? (ids[0] ?? '') : '', after: { read: count } });
      if (count > 0) await record(notificationsRead, { userId });
      return { read: count, unread: await countUnread(tx, userId) };
    },
  });

const unknown = (): AppError => invalidField('upTo', 'is no notification of yours');
