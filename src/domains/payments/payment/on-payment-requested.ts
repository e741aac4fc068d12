import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { paymentRequested } from '../facts.ts';
import { submitPayment } from './submit.job.ts';

/** Has the provider told. */
export const onPaymentRequested = ({ jobs }: { jobs: Jobs }): Subscriber =>
  subscribe({
    name: 'payments.submitPayment',
    fact: paymentRequested,
    run: ({ paymentId }) => jobs.later(submitPayment, { paymentId }, { id: paymentId }),
  });
