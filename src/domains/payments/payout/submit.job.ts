import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { ProviderRefused } from '../provider/failures.rules.ts';
import type { TransferOrder } from '../provider/orders.rules.ts';
import { type Providers, providerOf } from '../provider/providers.rules.ts';
import { moveTransfer } from './move.writes.ts';
import { findPayout, type PayoutRow } from './payout.reads.ts';
import { beginSubmitting, markUnknown, refuseTransfer } from './submitting.writes.ts';

export const submitPayout = job({
  name: 'payout.submit',
  summary: 'Asks the provider to send a payout, once.',
  payload: z.object({ payoutId: z.uuid() }),
});

export interface PayoutDeps extends TransactionDeps {
  providers: Providers;
  subjectKeys: SubjectKeys;
}

/** A process that slept longer between its commit and its call leaves the rest to reconciliation. */
const CALL_WITHIN_MS = 30_000;

/**
 * One call for each attempt. A process that dies before, during or after it leaves the payout SUBMITTING: what became of it
 * is asked, never guessed, and nothing is asked for a second time under another key before that.
 */
export const submitLockedPayout = (deps: PayoutDeps): JobHandler =>
  jobHandler({
    contract: submitPayout,
    run: async ({ payoutId }) => {
      const payout = await findPayout(deps.database, payoutId);
      if (payout?.status !== 'LOCKED') return;
      const { provider } = payout;
      const provided = providerOf(deps.providers, provider);
      const begunAt = deps.clock.now();
      const order = await inTransaction(deps, provider, (applying) =>
        beginSubmitting(applying, deps.subjectKeys, payoutId),
      );
      if (order === null) return;
      await call(deps, payout, {
        order,
        isLate: () => deps.clock.now().getTime() - begunAt.getTime() > CALL_WITHIN_MS,
        transfer: provided.transfer,
      });
    },
  });

interface TransferCall {
  order: TransferOrder;
  isLate: () => boolean;
  transfer: (order: TransferOrder) => ReturnType<ReturnType<typeof providerOf>['transfer']>;
}

const call = async (deps: PayoutDeps, { id, provider }: PayoutRow, { order, isLate, transfer }: TransferCall) => {
  const attempt = Number(order.key.split(':')[1]);
  if (isLate()) return inTransaction(deps, provider, (applying) => markUnknown(applying, { id, attempt }));
  try {
    const answer = await transfer(order);
    await inTransaction(deps, provider, (applying) => moveTransfer(applying, { ...answer, key: order.key }));
  } catch (error) {
    await inTransaction(deps, provider, async (applying) => {
      if (error instanceof ProviderRefused) await refuseTransfer(applying, { id, attempt }, error.message);
      else await markUnknown(applying, { id, attempt });
    });
  }
};
