import type pg from 'pg';
import type { OnBatch } from './progress.ts';

/** Rows of one kind, numbered from 1, that a statement can make by their numbers. */
export interface Kind {
  what: string;
  /** Rows of one transaction: what a kill can cost, and how long anything is locked. */
  batchSize: number;
  /** How many of the first rows are there, without a hole. */
  count: (client: pg.Client) => Promise<number>;
  /** Writes the rows `first` to `last`; what is there already stays as it is. */
  insert: (client: pg.Client, numbers: { first: number; last: number }) => Promise<void>;
}

/** Makes what is missing up to `wanted`, a batch a transaction; after a kill the next run goes on where it stopped. */
export const topUp = async (
  client: pg.Client,
  kind: Kind,
  { wanted, onBatch }: { wanted: number; onBatch: OnBatch },
) => {
  let done = await kind.count(client);
  while (done < wanted) {
    const last = Math.min(done + kind.batchSize, wanted);
    await inTransaction(client, () => kind.insert(client, { first: done + 1, last }));
    done = last;
    onBatch(done);
  }
};

const inTransaction = async (client: pg.Client, run: () => Promise<void>): Promise<void> => {
  await client.query('BEGIN');
  try {
    await run();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {}); // a lost connection has rolled back by itself
    throw error;
  }
};
