import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { cancelOwnSubscription } from './cancel.ts';
import { getOwnSubscription } from './get.ts';
import { onSubscriptionPaid } from './on-payment-captured.ts';
import { onSubscriptionPaymentTakenBack } from './on-payment-taken-back.ts';
import { recogniseSubscriptions } from './recognise.job.ts';
import { renewSubscriptions } from './renew.job.ts';
import { resumeOwnSubscription } from './resume.ts';
import { startOwnSubscription } from './start.ts';

/** Hosts and the plans they pay for. */
export const subscriptionTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    startOwnSubscription(deps),
    getOwnSubscription(deps),
    cancelOwnSubscription(deps),
    resumeOwnSubscription(deps),
  ],
  jobs: [renewSubscriptions({ ...deps, settings: deps.config.payments }), recogniseSubscriptions(deps)],
  subscribers: [onSubscriptionPaid(deps), ...onSubscriptionPaymentTakenBack(deps)],
});
