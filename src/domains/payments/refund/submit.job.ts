import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { lockPayment } from '../payment/lock.writes.ts';
import { ProviderRefused } from '../provider/failures.rules.ts';
import type { RefundMessage } from '../provider/message.rules.ts';
import type { RefundOrder } from '../provider/orders.rules.ts';
import { type Providers, providerOf } from '../provider/providers.rules.ts';
import { moveRefund } from './move.writes.ts';
import { findRefundWithPayment, type RefundWithPayment } from './refund.reads.ts';
import { afterRefusal } from './refused.writes.ts';
import { settleRefund } from './settle.writes.ts';
import { beginAsking, markUnknown } from './unknown.writes.ts';

export const submitRefund = job({
  name: 'refund.submit',
  summary: 'Asks the provider to send money back.',
  payload: z.object({ refundId: z.uuid() }),
});

export interface RefundDeps extends TransactionDeps {
  providers: Providers;
}

/** A process that slept longer before its call leaves the refund alone: another attempt may have been made meanwhile. */
export const CALL_WITHIN_MS = 30_000;

/**
 * Safe to repeat after a crash at any step: refund and attempt are the provider's idempotency key. When the provider does
 * not answer the refund is UNKNOWN, and is asked about instead of asked for again.
 */
export const submitRequestedRefund = (deps: RefundDeps): JobHandler =>
  jobHandler({
    contract: submitRefund,
    run: async ({ refundId }) => {
      const refund = await findRefundWithPayment(deps.database, refundId);
      // What a host pays back by hand, no provider does.
      if (refund?.status !== 'REQUESTED' || refund.byHand) return;
      if (refund.payment.provider === 'INTERNAL') return giveBack(deps, refund);
      const begunAt = performance.now();
      if (!(await inTransaction(deps, refund.payment.provider, (applying) => beginAsking(applying, refund)))) return;
      await call(deps, refund, () => performance.now() - begunAt > CALL_WITHIN_MS);
    },
  });

/** What was paid from a wallet goes back there, and no provider is asked. */
const giveBack = (deps: RefundDeps, { payment, ...refund }: RefundWithPayment): Promise<void> =>
  inTransaction(deps, payment.provider, async (applying) => {
    const locked = await lockPayment(applying.tx, payment.id);
    if (locked) await settleRefund(applying, locked, refund, null);
  });

const call = async (deps: RefundDeps, refund: RefundWithPayment, isLate: () => boolean): Promise<void> => {
  const { provider } = refund.payment;
  const order = orderOf(refund);
  if (isLate()) return;
  const answer = await ask(deps, refund, order);
  if (answer === null) return;
  if (!(answer instanceof ProviderRefused)) {
    return void (await inTransaction(deps, provider, (applying) => moveRefund(applying, answer)));
  }
  const listed = await providerOf(deps.providers, provider).listRefunds(order.paymentRef);
  await inTransaction(deps, provider, (applying) =>
    afterRefusal(applying, refund, { listed, message: answer.message }),
  );
};

const orderOf = ({ payment, ...refund }: RefundWithPayment): RefundOrder => {
  const { providerPaymentId: paymentRef, capturedAmount: capturedMinor } = payment;
  if (paymentRef === null) throw new Error(`the provider has no name for payment ${payment.id}`);
  const { id: refundId, attempt, amount: amountMinor, currency } = refund;
  return { refundId, attempt, paymentRef, capturedMinor, amountMinor, currency };
};

/** Null when there is no answer; that is written down. */
const ask = async (
  deps: RefundDeps,
  refund: RefundWithPayment,
  order: RefundOrder,
): Promise<RefundMessage | ProviderRefused | null> => {
  const { provider } = refund.payment;
  try {
    return await providerOf(deps.providers, provider).refund(order);
  } catch (error) {
    if (error instanceof ProviderRefused) return error;
    await inTransaction(deps, provider, (applying) => markUnknown(applying, refund));
    return null;
  }
};
