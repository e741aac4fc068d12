import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { inTransaction, type TransactionDeps } from '../applying/in-transaction.steps.ts';
import { paymentCaptured } from '../facts.ts';
import { settleSubscription } from './settle.writes.ts';

/** What was paid counts. */
export const onSubscriptionPaid = (deps: TransactionDeps): Subscriber =>
  subscribe({
    name: 'payments.settlePaidSubscription',
    fact: paymentCaptured,
    run: async ({ subscriptionId: id }) => {
      if (id === null) return;
      await inTransaction(deps, 'INTERNAL', ({ tx, record, now }) => settleSubscription(tx, record, { id, now }));
    },
  });
