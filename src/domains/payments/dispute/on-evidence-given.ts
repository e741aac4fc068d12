import { z } from 'zod';
import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Database } from '../../../platform/db/client.ts';
import { evidenceGiven } from '../facts.ts';
import { type Providers, providerOf } from '../provider/providers.rules.ts';
import { findDispute } from './dispute.reads.ts';

interface Deps {
  database: Pick<Database, 'dispute'>;
  providers: Providers;
}

const Kept = z.record(z.string(), z.string());

/**
 * Hands the evidence to the provider, which takes it twice without harm. Not a job of its own: a job may be lost with its
 * queue, and the days in which a dispute can be answered are few.
 */
export const onEvidenceGiven = ({ database, providers }: Deps): Subscriber =>
  subscribe({
    name: 'payments.handInEvidence',
    fact: evidenceGiven,
    run: async ({ disputeId }) => {
      const dispute = await findDispute(database, disputeId);
      if (dispute?.status !== 'EVIDENCE_SUBMITTED') return;
      const provider = providerOf(providers, dispute.payment.provider);
      await provider.submitEvidence(dispute.providerDisputeId, Kept.parse(dispute.evidence));
    },
  });
