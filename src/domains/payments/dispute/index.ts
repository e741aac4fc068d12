import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { getDispute } from './get.ts';
import { listDisputesOfPayment } from './list.ts';
import { onEvidenceGiven } from './on-evidence-given.ts';
import { queueDisputes } from './queue.ts';
import { submitDisputeEvidence } from './submit-evidence.ts';

/** Payments that their payers contest at the bank. */
export const disputeTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [getDispute(deps), listDisputesOfPayment(deps), queueDisputes(deps), submitDisputeEvidence()],
  subscribers: [onEvidenceGiven(deps)],
});
