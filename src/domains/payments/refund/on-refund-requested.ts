import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { refundRequested } from '../facts.ts';
import { submitRefund } from './submit.job.ts';

/** Has the provider asked. */
export const onRefundRequested = ({ jobs }: { jobs: Jobs }): Subscriber =>
  subscribe({
    name: 'payments.submitRefund',
    fact: refundRequested,
    run: ({ refundId }) => jobs.later(submitRefund, { refundId }, { id: refundId }),
  });
