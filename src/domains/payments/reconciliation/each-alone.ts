import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Log } from '../../../platform/log.ts';
import type { Providers } from '../provider/open-providers.ts';
import type { TransactionDeps } from '../webhook/in-transaction.ts';

/** What it takes to ask providers. */
export interface Asking extends TransactionDeps {
  providers: Providers;
  jobs: Jobs;
  log: Log;
}

/** Does one after the other; one that fails is logged, comes again in the next turn, and holds up nobody. */
export const eachAlone = async <Row extends { id: string }>(
  { log }: Pick<Asking, 'log'>,
  rows: Row[],
  run: (row: Row) => Promise<void>,
): Promise<void> => {
  for (const row of rows) {
    try {
      await run(row);
    } catch (error) {
      log.warn({ id: row.id, err: error }, 'not reconciled this time');
    }
  }
};
