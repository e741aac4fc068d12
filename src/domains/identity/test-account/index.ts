import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Removal } from '../../../platform/removal.ts';
import type { Deps } from '../deps.ts';
import { createTestAccounts } from './create.ts';
import { listOpenTestAccounts } from './list.ts';
import { removeTestAccounts } from './remove.ts';
import { signInTestAccounts } from './sign-in.ts';

/**
 * Accounts that load tests make.
 * @param removals how each other domain removes what they made there
 */
export const testAccountTopic = (deps: Deps, removals: readonly Removal[]): Topic<Transaction> => ({
  operations: [
    createTestAccounts(deps),
    listOpenTestAccounts(deps),
    signInTestAccounts(deps),
    removeTestAccounts({ ...deps, removals }),
  ],
});
