import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Asking } from '../applying/each-alone.ts';
import { reconcilePayments } from './reconcile-payments.steps.ts';
import { reconcileRefunds } from './reconcile-refunds.steps.ts';
import { refundUnclaimed } from './refund-unclaimed.steps.ts';
import { retryWebhooks } from './retry-webhooks.steps.ts';

const reconcile = job({
  name: 'reconciliation.reconcile',
  summary: 'Finds out what became of payments and refunds whose webhooks did not come, and tries again what waits.',
  payload: z.object({}),
  everyMs: 30_000,
});

/** Nothing that moves money rests for ever: each turn brings what is due one step on. */
export const reconcileProviders = (asking: Asking): JobHandler =>
  jobHandler({
    contract: reconcile,
    run: async () => {
      // First what needs no provider: one that is away must not hold it up.
      await retryWebhooks(asking);
      await refundUnclaimed(asking);
      await reconcilePayments(asking);
      await reconcileRefunds(asking);
    },
  });
