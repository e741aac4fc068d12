import type { Subscriber } from '../../../kernel/domain.ts';
import { subscribeInTransaction } from '../../../platform/facts/subscribe-in-transaction.ts';
import type { Platform } from '../../../platform/platform.ts';
import { paymentCaptured } from '../facts.ts';
import { issueInvoices } from './issue.writes.ts';

type Deps = Pick<Platform, 'database' | 'clock' | 'subjectKeys'>;

/** Issues the invoices of what was paid. May run again: a payment has one of each kind. */
export const onPaymentCapturedInvoice = ({ database, clock, subjectKeys: keys }: Deps): Subscriber =>
  subscribeInTransaction(database, {
    name: 'payments.issueInvoice',
    fact: paymentCaptured,
    run: async (tx, { paymentId }) => {
      await issueInvoices(tx, { keys, now: clock.now() }, paymentId);
    },
  });
