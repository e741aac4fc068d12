import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import { paymentCancelled } from '../facts.ts';
import { cancelAtProvider } from './cancel-at-provider.job.ts';

/** Has the provider told, so that nobody pays what is not wanted any more. */
export const onPaymentCancelled = ({ jobs }: { jobs: Jobs }): Subscriber =>
  subscribe({
    name: 'payments.cancelAtProvider',
    fact: paymentCancelled,
    run: ({ paymentId }) => jobs.later(cancelAtProvider, { paymentId }, { id: paymentId }),
  });
