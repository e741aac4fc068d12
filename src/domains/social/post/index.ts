import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { searchPosts } from './search.ts';

/** Posts of people. */
export const postTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [searchPosts(deps)],
});
