import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { archiveOldNotifications } from './archive-old.job.ts';
import { counted, created } from './contract.ts';
import { listNotifications } from './list.ts';
import { onNotificationsIntended } from './on-notifications-intended.ts';
import { onNotificationsRead } from './on-notifications-read.ts';
import { readNotifications } from './read.ts';

/** The list of what a person was told. */
export const notificationTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listNotifications(deps), readNotifications()],
  signals: [created, counted],
  jobs: [archiveOldNotifications(deps)],
  subscribers: [onNotificationsIntended(deps), onNotificationsRead(deps)],
});
