import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { Apply } from '../applying/applying.steps.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { ProviderRefused } from '../provider/failures.rules.ts';
import type { ProviderPayment } from '../provider/provider.ts';
import { type Providers, providerOf } from '../provider/providers.rules.ts';
import { findPayment } from './payment.reads.ts';

export const cancelAtProvider = job({
  name: 'payment.cancelAtProvider',
  summary: 'Tells the provider that a payment was given up.',
  payload: z.object({ paymentId: z.uuid() }),
});

interface Deps extends TransactionDeps {
  providers: Providers;
  apply: Apply;
}

/** What the provider answers may be that it has the money: that is applied like a webhook, and sends it back. */
export const cancelPaymentAtProvider = (deps: Deps): JobHandler =>
  jobHandler({
    contract: cancelAtProvider,
    run: async ({ paymentId }) => {
      const payment = await findPayment(deps.database, paymentId);
      // Without a name the provider was not told of it; whoever is telling it now comes here again.
      if (payment?.status !== 'CANCELLED' || payment.providerPaymentId === null) return;
      const answer = await ask(deps, payment.provider, payment.providerPaymentId);
      if (answer === null) return;
      await inTransaction(deps, payment.provider, (applying) => deps.apply(applying, answer.message));
    },
  });

type Named = Parameters<typeof providerOf>[1];

/** Null when the provider knows no such payment: then there is nothing to cancel. */
const ask = async ({ providers }: Deps, provider: Named, ref: string): Promise<ProviderPayment | null> => {
  try {
    return await providerOf(providers, provider).cancelPayment(ref);
  } catch (error) {
    if (error instanceof ProviderRefused) return null;
    throw error;
  }
};
