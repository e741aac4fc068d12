import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { evidenceGiven } from '../facts.ts';
import { handInEvidence } from './hand-in-evidence.job.ts';

/** Has the provider told. */
export const onEvidenceGiven = ({ jobs }: { jobs: Jobs }): Subscriber =>
  subscribe({
    name: 'payments.handInEvidence',
    fact: evidenceGiven,
    run: ({ disputeId }) => jobs.later(handInEvidence, { disputeId }, { id: disputeId }),
  });
