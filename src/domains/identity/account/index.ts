import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { registerAccount } from './register.ts';
import { setAccountRole } from './set-role.ts';

/** Accounts of people. */
export const accountTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [registerAccount(deps), setAccountRole(deps)],
});
