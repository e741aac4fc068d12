import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { type TransactionDeps, transact } from '../../../platform/db/transact.ts';
import { expireHolds } from '../credit/hold.writes.ts';

/** Holds ended in one transaction, so that none keeps its locks for long. */
const BATCH = 200;

const expireWalletHolds = job({
  name: 'wallet.expireHolds',
  summary: 'Gives back credit that was set aside for something that did not happen in time.',
  payload: z.object({}),
  everyMs: 60 * 1_000,
});

export const expireDueHolds = (deps: TransactionDeps): JobHandler =>
  jobHandler({
    contract: expireWalletHolds,
    run: async () => {
      const batch = (): Promise<number> => transact(deps, ({ tx, now }) => expireHolds(tx, now, BATCH));
      while ((await batch()) === BATCH);
    },
  });
