import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listAccounts } from './accounts.ts';
import { listEntries } from './entries.ts';
import { showStatement } from './statement.ts';

/** The books: accounts, journals and entries. */
export const ledgerTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listAccounts(deps), listEntries(deps), showStatement(deps)],
});
