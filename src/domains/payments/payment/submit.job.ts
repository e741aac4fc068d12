import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Apply } from '../applying/applying.steps.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { ProviderRefused } from '../provider/failures.rules.ts';
import type { ProviderPayment } from '../provider/provider.ts';
import { type Providers, providerOf } from '../provider/providers.rules.ts';
import { cancelAtProvider } from './cancel-at-provider.job.ts';
import { findPayment, type PaymentRow } from './payment.reads.ts';
import { failUnsubmitted, noteSubmitted } from './submitted.writes.ts';

export const submitPayment = job({
  name: 'payment.submit',
  summary: 'Tells the provider of a payment that was opened.',
  payload: z.object({ paymentId: z.uuid() }),
});

interface Deps extends TransactionDeps {
  providers: Providers;
  apply: Apply;
  jobs: Jobs;
}

/**
 * Safe to repeat after a crash at any step: the payment's id is the provider's idempotency key, and what comes back is
 * applied like a webhook.
 */
export const submitOpenPayment = (deps: Deps): JobHandler =>
  jobHandler({
    contract: submitPayment,
    run: async ({ paymentId }) => {
      const payment = await findPayment(deps.database, paymentId);
      if (payment?.status !== 'PENDING' || payment.provider === 'INTERNAL') return;
      const answer = await ask(deps, payment);
      if (answer === null) return;
      const state = await inTransaction(deps, payment.provider, async (applying) => {
        const status = await noteSubmitted(applying.tx, paymentId, answer);
        await deps.apply(applying, answer.message);
        return status;
      });
      // Given up while the provider was being told: it has to be told that as well.
      if (state === 'CANCELLED') await deps.jobs.later(cancelAtProvider, { paymentId }, { id: paymentId });
    },
  });

/** Null when the provider does not want it, which is written down. */
const ask = async (deps: Deps, payment: PaymentRow): Promise<ProviderPayment | null> => {
  const { id: paymentId, provider, amount: amountMinor, currency, method } = payment;
  try {
    return await providerOf(deps.providers, provider).createPayment({ paymentId, amountMinor, currency, method });
  } catch (error) {
    if (!(error instanceof ProviderRefused)) throw error;
    await inTransaction(deps, provider, (applying) => failUnsubmitted(applying, payment, error.code));
    return null;
  }
};
