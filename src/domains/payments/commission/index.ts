import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listAllCommissions } from './list.ts';
import { setCommission } from './set.ts';

/** The share of a sale that the platform keeps. */
export const commissionTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [setCommission(), listAllCommissions(deps)],
});
