import { type Domain, joinTopics } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import { deliveryTopic } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { deviceTopic } from './device/index.ts';
import { fanOutTopic } from './fan-out/index.ts';
import { intentTopic } from './intent/index.ts';
import { notificationTopic } from './notification/index.ts';
import { preferenceTopic } from './preference/index.ts';

/** Everything that people are told of, once, on the ways they chose. */
export const createNotifications = (deps: Deps): Domain<Transaction> =>
  joinTopics('notifications', [
    notificationTopic(deps),
    preferenceTopic(deps),
    deviceTopic(deps),
    deliveryTopic(deps),
    fanOutTopic(deps),
    intentTopic(deps),
  ]);
