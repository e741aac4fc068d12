import { z } from 'zod';
import { job } from '../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../kernel/domain.ts';
import { forgetAnswers } from '../platform/commits/ledger.ts';
import type { Database } from '../platform/db/client.ts';
import { forgetRelayed } from '../platform/facts/outbox.ts';

const BATCH = 5_000;
const MAX_BATCHES = 20;

const sweep = job({
  name: 'platform.sweep',
  summary: 'Forgets answers nobody may ask for again and facts that were relayed',
  payload: z.object({}),
  everyMs: 60_000,
});

/** Keeps `idempotency_keys` and `outbox_events` from growing for ever; up to 100,000 rows of each in a turn. */
export const sweepJob = (database: Database): JobHandler =>
  jobHandler({
    contract: sweep,
    run: async () => {
      await inBatches(() => forgetAnswers(database, BATCH));
      await inBatches(() => forgetRelayed(database, BATCH));
    },
  });

const inBatches = async (forget: () => Promise<number>): Promise<void> => {
  for (let batch = 0; batch < MAX_BATCHES; batch += 1) if ((await forget()) < BATCH) return;
};
