import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { paymentCaptured } from '../facts.ts';
import { issueInvoice } from './issue.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock' | 'subjectKeys'>;

/** Issues the invoice of what was paid. May run again: a payment has one. */
export const onPaymentCapturedInvoice = ({ database, clock, subjectKeys: keys }: Deps): Subscriber =>
  subscribe({
    name: 'payments.issueInvoice',
    fact: paymentCaptured,
    run: async ({ paymentId }) => {
      await database.$transaction((tx) => issueInvoice(tx, { keys, now: clock.now() }, paymentId));
    },
  });
