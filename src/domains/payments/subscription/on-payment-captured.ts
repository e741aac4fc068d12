import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { paymentCaptured } from '../facts.ts';
import { settleSubscription } from './settle.writes.ts';

/** What was paid counts. */
export const onSubscriptionPaid = (deps: TransactionDeps): Subscriber =>
  subscribe({
    name: 'payments.settlePaidSubscription',
    fact: paymentCaptured,
    run: async ({ subscriptionId: id }) => {
      if (id === null) return;
      await transact(deps, ({ tx, record, now }) => settleSubscription(tx, record, { id, now }), LONG_BOUNDS);
    },
  });
