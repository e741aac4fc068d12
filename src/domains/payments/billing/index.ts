import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { getOwnBilling } from './get.ts';
import { setOwnBilling } from './set.ts';

/** The address and tax number that stand on invoices. */
export const billingTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getOwnBilling(deps), setOwnBilling(deps)],
});
