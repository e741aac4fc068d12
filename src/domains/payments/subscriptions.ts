import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { cancelOwnSubscription } from './subscription/cancel.ts';
import { getOwnSubscription } from './subscription/get.ts';
import { onSubscriptionPaid } from './subscription/on-payment-captured.ts';
import { onSubscriptionPaymentTakenBack } from './subscription/on-payment-taken-back.ts';
import { recogniseSubscriptions } from './subscription/recognise.job.ts';
import { renewSubscriptions } from './subscription/renew.job.ts';
import { resumeOwnSubscription } from './subscription/resume.ts';
import { startOwnSubscription } from './subscription/start.ts';
import { createPlan } from './subscription-plan/create.ts';
import { listPlans } from './subscription-plan/list.ts';

/** What subscriptions stand on. */
export type SubscriptionsGround = Pick<Platform, 'config' | 'log' | 'clock' | 'database'>;

/** Plans, and who subscribed to them. */
export const openSubscriptions = (ground: SubscriptionsGround): Omit<Domain<Transaction>, 'name'> => ({
  operations: [
    ...[listPlans(ground), createPlan(ground)],
    ...[startOwnSubscription(ground), getOwnSubscription(ground)],
    ...[cancelOwnSubscription(ground), resumeOwnSubscription(ground)],
  ],
  signals: [],
  rooms: [],
  jobs: [renewSubscriptions({ ...ground, settings: ground.config.payments }), recogniseSubscriptions(ground)],
  subscribers: [onSubscriptionPaid(ground), ...onSubscriptionPaymentTakenBack(ground)],
});
