import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { deliverDue } from '../delivery/deliver-due.job.ts';
import { notificationsIntended } from '../facts.ts';
import { created } from './contract.ts';
import { countUnread, notificationsById, show } from './notification.reads.ts';

interface Deps {
  database: Database;
  sockets: Sockets;
  jobs: Jobs;
}

/** Tells the devices that are connected, and has a worker look at what is due by other ways. */
export const onNotificationsIntended = ({ database, sockets, jobs }: Deps): Subscriber =>
  subscribe({
    name: 'notifications.tellDevices',
    fact: notificationsIntended,
    run: async ({ notificationIds }) => {
      for (const row of await notificationsById(database, notificationIds)) {
        const unread = await countUnread(database, row.userId);
        sockets.tellUser(row.userId, created, { notification: show(row), unread });
      }
      await jobs.later(deliverDue, {}, { id: 'due' });
    },
  });
