import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { compareYesterday } from './compare-day.job.ts';
import { listReconciliationBreaks } from './list.ts';
import { reconcileProviders } from './reconcile.job.ts';
import { resolveReconciliationBreak } from './resolve.ts';

/** The books beside what the provider says. */
export const reconciliationTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [listReconciliationBreaks(deps), resolveReconciliationBreak()],
  jobs: [reconcileProviders(deps), compareYesterday(deps)],
});
