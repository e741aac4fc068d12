import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { ProviderRefused } from '../provider/failures.ts';
import type { RefundMessage } from '../provider/message.ts';
import { type Providers, providerOf } from '../provider/open-providers.ts';
import { applyMessage } from '../webhook/apply.writes.ts';
import { inTransaction, type TransactionDeps } from '../webhook/in-transaction.ts';
import { findRefundWithPayment, type RefundWithPayment } from './refund.reads.ts';
import { failRefund, settleRefund } from './settle.writes.ts';
import { markUnknown } from './unknown.writes.ts';

export const submitRefund = job({
  name: 'refund.submit',
  summary: 'Asks the provider to send money back.',
  payload: z.object({ refundId: z.uuid() }),
});

export interface RefundDeps extends TransactionDeps {
  providers: Providers;
}

/**
 * Safe to repeat after a crash at any step: refund and attempt are the provider's idempotency key. When the provider does
 * not answer the refund is UNKNOWN, and is asked about instead of asked for again.
 */
export const submitRequestedRefund = (deps: RefundDeps): JobHandler =>
  jobHandler({
    contract: submitRefund,
    run: async ({ refundId }) => {
      const refund = await findRefundWithPayment(deps.database, refundId);
      if (refund?.status !== 'REQUESTED') return;
      if (refund.payment.provider === 'INTERNAL') return giveBack(deps, refund);
      const message = await ask(deps, refund);
      if (message === null) return;
      await inTransaction(deps, refund.payment.provider, (applying) => applyMessage(applying, message));
    },
  });

/** What was paid from a wallet goes back there, and no provider is asked. */
const giveBack = (deps: RefundDeps, { payment, ...refund }: RefundWithPayment): Promise<void> =>
  inTransaction(deps, payment.provider, async (applying) => {
    const locked = await lockPayment(applying.tx, payment.id);
    if (locked) await settleRefund(applying, locked, refund, null);
  });

/** Null when there is no answer to apply; what that means is written down. */
const ask = async (deps: RefundDeps, { payment, ...refund }: RefundWithPayment): Promise<RefundMessage | null> => {
  const { provider, providerPaymentId: paymentRef, capturedAmount: capturedMinor } = payment;
  if (paymentRef === null) throw new Error(`the provider has no name for payment ${payment.id}`);
  const { id: refundId, attempt, amount: amountMinor, currency } = refund;
  const order = { refundId, attempt, paymentRef, capturedMinor, amountMinor, currency };
  try {
    return await providerOf(deps.providers, provider).refund(order);
  } catch (error) {
    await inTransaction(deps, provider, async (applying) => {
      const locked = await lockPayment(applying.tx, payment.id);
      if (!locked) return;
      if (error instanceof ProviderRefused) await failRefund(applying, locked, refund, error.message);
      else await markUnknown(applying, refundId);
    });
    return null;
  }
};
