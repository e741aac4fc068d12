import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { LONG_BOUNDS } from '../../../platform/db/bound-transaction.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { disputeLost, refundSettled } from '../facts.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { settleSubscription } from './settle.writes.ts';

const settleOf = async (deps: TransactionDeps, paymentId: string): Promise<void> => {
  const id = (await findPayment(deps.database, paymentId))?.subscriptionId;
  if (!id) return;
  await transact(deps, ({ tx, record, now }) => settleSubscription(tx, record, { id, now }), LONG_BOUNDS);
};

/** What went back, or was lost to a dispute, counts no longer. */
export const onSubscriptionPaymentTakenBack = (deps: TransactionDeps): Subscriber[] => [
  subscribe({
    name: 'payments.settleRefundedSubscription',
    fact: refundSettled,
    run: ({ paymentId }) => settleOf(deps, paymentId),
  }),
  subscribe({
    name: 'payments.settleDisputedSubscription',
    fact: disputeLost,
    run: ({ paymentId }) => settleOf(deps, paymentId),
  }),
];
