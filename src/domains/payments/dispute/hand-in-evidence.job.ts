import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { type Providers, providerOf } from '../provider/open-providers.ts';
import { findDispute } from './dispute.reads.ts';

export const handInEvidence = job({
  name: 'dispute.handInEvidence',
  summary: 'Hands the evidence of a dispute to its provider.',
  payload: z.object({ disputeId: z.uuid() }),
});

interface Deps {
  database: Pick<Database, 'dispute'>;
  providers: Providers;
}

const Kept = z.record(z.string(), z.string());

/** May run again: the provider takes the same evidence twice without harm. */
export const handInDisputeEvidence = ({ database, providers }: Deps): JobHandler =>
  jobHandler({
    contract: handInEvidence,
    run: async ({ disputeId }) => {
      const dispute = await findDispute(database, disputeId);
      if (dispute?.status !== 'EVIDENCE_SUBMITTED') return;
      const provider = providerOf(providers, dispute.payment.provider);
      await provider.submitEvidence(dispute.providerDisputeId, Kept.parse(dispute.evidence));
    },
  });
