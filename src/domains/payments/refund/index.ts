import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createRefund } from './create.ts';
import { getRefund } from './get.ts';
import { listRefundsOfPayment } from './list.ts';
import { onRefundFailed } from './on-refund-failed.ts';
import { onRefundRequested } from './on-refund-requested.ts';
import { submitRequestedRefund } from './submit.job.ts';

/** Money that goes back to its payer. */
export const refundTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getRefund(deps), listRefundsOfPayment(deps), createRefund()],
  jobs: [submitRequestedRefund(deps)],
  subscribers: [onRefundRequested(deps), onRefundFailed(deps)],
});
