import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { notificationsRead } from '../facts.ts';
import { counted } from './contract.ts';
import { countUnread } from './notification.reads.ts';

/** Tells the person's devices the new count. */
export const onNotificationsRead = ({ database, sockets }: { database: Database; sockets: Sockets }): Subscriber =>
  subscribe({
    name: 'notifications.countAnew',
    fact: notificationsRead,
    run: async ({ userId }) => sockets.tellUser(userId, counted, { unread: await countUnread(database, userId) }),
  });
