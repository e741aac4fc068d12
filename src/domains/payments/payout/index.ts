import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { showBalances } from './balances.ts';
import { getPayout } from './get.ts';
import { holdOnePayout } from './hold.ts';
import { listKnownPayouts } from './list.ts';
import { makeDuePayouts } from './make.job.ts';
import { onPayoutLocked } from './on-payout-locked.ts';
import { reconcilePayouts } from './reconcile.job.ts';
import { requestPayout } from './request.ts';
import { resumeOnePayout } from './resume.ts';
import { submitLockedPayout } from './submit.job.ts';

/** Earnings on their way to their host. */
export const payoutTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    requestPayout(deps),
    getPayout(deps),
    listKnownPayouts(deps),
    showBalances(deps),
    holdOnePayout(),
    resumeOnePayout(),
  ],
  jobs: [
    makeDuePayouts({ ...deps, provider: deps.config.payments.provider }),
    submitLockedPayout(deps),
    reconcilePayouts(deps),
  ],
  subscribers: [onPayoutLocked(deps)],
});
