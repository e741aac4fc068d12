import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { payoutLocked } from '../facts.ts';
import { submitPayout } from './submit.job.ts';

/** Has the provider asked. */
export const onPayoutLocked = ({ jobs }: { jobs: Jobs }): Subscriber =>
  subscribe({
    name: 'payments.submitPayout',
    fact: payoutLocked,
    run: ({ payoutId }) => jobs.later(submitPayout, { payoutId }, { id: payoutId }),
  });
