import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { inTransaction, type TransactionDeps } from '../applying/in-transaction.steps.ts';
import { disputeLost, refundSettled } from '../facts.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { settleSubscription } from './settle.writes.ts';

const settleOf = async (deps: TransactionDeps, paymentId: string): Promise<void> => {
  const id = (await findPayment(deps.database, paymentId))?.subscriptionId;
  if (!id) return;
  await inTransaction(deps, 'INTERNAL', ({ tx, record, now }) => settleSubscription(tx, record, { id, now }));
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
