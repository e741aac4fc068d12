import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { listPreferences } from './list.ts';
import { setPreference } from './set.ts';

/** On which ways a person wants to be told of what. */
export const preferenceTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listPreferences(deps), setPreference()],
});
