import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Clock } from '../../../platform/clock.ts';
import { boundTransaction } from '../../../platform/db/bound-transaction.ts';
import type { Database } from '../../../platform/db/client.ts';
import { recordIn } from '../../../platform/facts/record.ts';
import type { Applying } from './applying.steps.ts';

const TRANSACTION = { maxWaitMs: 5_000, timeoutMs: 10_000 };

export interface TransactionDeps {
  database: Database;
  clock: Clock;
}

/** Runs a job's change in a transaction of its own: after the provider was called, never around the call. */
export const inTransaction = <T>(
  { database, clock }: TransactionDeps,
  provider: PaymentProvider,
  run: (applying: Applying) => Promise<T>,
): Promise<T> =>
  boundTransaction(database, (tx) => run({ tx, record: recordIn(tx), provider, now: clock.now() }), TRANSACTION);
