import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { expireHolds } from '../credit/hold.writes.ts';

/** Holds ended in one transaction, so that none keeps its locks for long. */
const BATCH = 200;

const expireWalletHolds = job({
  name: 'wallet.expireHolds',
  summary: 'Gives back credit that was set aside for something that did not happen in time.',
  payload: z.object({}),
  everyMs: 60 * 1_000,
});

interface Deps {
  database: Database;
  clock: Clock;
}

export const expireDueHolds = ({ database, clock }: Deps): JobHandler =>
  jobHandler({
    contract: expireWalletHolds,
    run: async () => {
      const batch = (): Promise<number> => boundTransaction(database, (tx) => expireHolds(tx, clock.now(), BATCH));
      while ((await batch()) === BATCH);
    },
  });
