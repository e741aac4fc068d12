import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { releaseDueEarnings } from './release.job.ts';

/** Shares of hosts, which become theirs when their event is over. */
export const earningTopic = (deps: Deps): Topic<Transaction> => ({
  jobs: [releaseDueEarnings(deps)],
});
