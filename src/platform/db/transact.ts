import type { Clock } from '../clock.ts';
import { type RecordFact, recordIn } from '../facts/record.ts';
import { type Bounds, boundTransaction, USUAL_BOUNDS } from './bound-transaction.ts';
import type { Database, Transaction } from './client.ts';

/** The parts of the platform that a transaction of a job or a subscriber stands on. */
export interface TransactionDeps {
  database: Database;
  clock: Clock;
}

/** A transaction with what a committed operation has besides: a way to tell of what it changes, and the time it began. */
export interface Transacting {
  tx: Transaction;
  record: RecordFact;
  now: Date;
}

/**
 * Runs the change of a job or a subscriber in a transaction of its own, with limits that hold whatever happens.
 * @throws what `work` throws; an error that `isTooSlow` knows when a limit was reached
 */
export const transact = <Result>(
  { database, clock }: TransactionDeps,
  work: (transacting: Transacting) => Promise<Result>,
  bounds: Bounds = USUAL_BOUNDS,
): Promise<Result> => boundTransaction(database, (tx) => work({ tx, record: recordIn(tx), now: clock.now() }), bounds);
