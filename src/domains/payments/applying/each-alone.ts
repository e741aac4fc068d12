import type { TransactionDeps } from '../../../platform/db/transact.ts';
import type { Jobs } from '../../../platform/jobs/jobs.ts';
import type { Log } from '../../../platform/log.ts';
import { ProviderSilent } from '../provider/failures.rules.ts';
import type { Providers } from '../provider/providers.rules.ts';

/** What it takes to ask providers. */
export interface Asking extends TransactionDeps {
  providers: Providers;
  jobs: Jobs;
  log: Log;
}

/** A provider that failed to answer so often in a row is left alone until the next turn: each call waits for seconds. */
const MAX_SILENCES = 3;

/** Does one after the other; one that fails is logged, comes again in the next turn, and holds up nobody. */
export const eachAlone = async <Row extends { id: string }>(
  { log }: Pick<Asking, 'log'>,
  rows: Row[],
  run: (row: Row) => Promise<void>,
): Promise<void> => {
  let silences = 0;
  for (const row of rows) {
    if (silences === MAX_SILENCES) return;
    try {
      await run(row);
      silences = 0;
    } catch (error) {
      if (error instanceof ProviderSilent) silences += 1;
      log.warn({ id: row.id, err: error }, 'not reconciled this time');
    }
  }
};
