import type { Database, Transaction } from './client.ts';

/** How long a transaction may take, in milliseconds. */
export interface Bounds {
  /** From its first statement to its commit. */
  timeoutMs: number;
  /** Until a connection is free for it. */
  maxWaitMs: number;
}

/** What a transaction of a worker gets that does not say otherwise. */
export const USUAL_BOUNDS: Bounds = { timeoutMs: 5_000, maxWaitMs: 5_000 };

/** What a transaction gets that may have to wait for the lock of a sold-out event, or for an account many others post to. */
export const LONG_BOUNDS: Bounds = { timeoutMs: 10_000, maxWaitMs: 5_000 };

/**
 * What PostgreSQL itself is told, as text in milliseconds. Prisma gives a transaction up when its time is over, but neither
 * ends the statement that waits in it nor, when the process stands still, the transaction: both would go on to hold locks.
 */
export const limitsOf = ({ timeoutMs }: Bounds) => ({
  /** A lock that is not given by then is refused (55P03), while there is time left to say so. */
  lock: String(Math.ceil(timeoutMs / 2)),
  /** A statement that has not ended by then is cancelled (57014). */
  statement: String(timeoutMs),
  /** Ends the session of a process that has stood still inside the transaction for so long (25P03). */
  idle: String(timeoutMs),
});

/**
 * A transaction that ends in time whatever happens: a locked row, a statement that takes too long, a process that stands
 * still. Every transaction of a worker is one, or sets the same limits in its own first statement.
 * @throws what `work` throws; an error that `isTooSlow` knows when a limit was reached
 */
export const boundTransaction = <Result>(
  database: Database,
  work: (tx: Transaction) => Promise<Result>,
  bounds: Bounds = USUAL_BOUNDS,
): Promise<Result> =>
  database.$transaction(
    async (tx) => {
      await limit(tx, bounds);
      return work(tx);
    },
    { maxWait: bounds.maxWaitMs, timeout: bounds.timeoutMs },
  );

const limit = async (tx: Transaction, bounds: Bounds): Promise<void> => {
  const { lock, statement, idle } = limitsOf(bounds);
  await tx.$queryRaw`
    SELECT set_config('lock_timeout', ${lock}, true), set_config('statement_timeout', ${statement}, true),
           set_config('idle_in_transaction_session_timeout', ${idle}, true)`;
};
