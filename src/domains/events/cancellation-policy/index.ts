import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createPolicy } from './create.ts';
import { listPolicies } from './list.ts';

/** Rules of what is given back when somebody cancels. */
export const cancellationPolicyTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listPolicies(deps), createPolicy()],
});
