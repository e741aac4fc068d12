import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createPlan } from './create.ts';
import { listPlans } from './list.ts';

/** Plans that hosts can subscribe to. */
export const subscriptionPlanTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listPlans(deps), createPlan(deps)],
});
