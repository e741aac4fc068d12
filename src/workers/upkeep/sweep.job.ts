import { z } from 'zod';
import { job } from '../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../kernel/domain.ts';
import { forgetAnswers } from '../../platform/commits/ledger.ts';
import { forgetMarks } from '../../platform/facts/marks.ts';
import { forgetDelivered } from '../../platform/facts/outbox.ts';
import { inBatches } from '../../platform/upkeep/in-batches.ts';
import type { UpkeepPlatform } from './upkeep-platform.ts';

/** Of each table in one turn. */
const BOUNDS = { batch: 5_000, forMs: 15_000 };

const sweep = job({
  name: 'platform.sweep',
  summary: 'Forgets answers nobody may ask for again and facts that all who are owed them have',
  payload: z.object({}),
  everyMs: 60_000,
});

/** Keeps what every committed call grows from growing for ever: `idempotency_keys`, `outbox_events`, `fact_deliveries`. */
export const sweepJob = ({ database, metrics }: UpkeepPlatform): JobHandler =>
  jobHandler({
    contract: sweep,
    run: async () => {
      const answers = await inBatches((limit) => forgetAnswers(database, limit), BOUNDS);
      const facts = await inBatches((limit) => forgetDelivered(database, limit), BOUNDS);
      const marks = await inBatches((limit) => forgetMarks(database, limit), BOUNDS);
      metrics.upkeepRows.inc({ job: sweep.name, table: 'idempotency_keys' }, answers);
      metrics.upkeepRows.inc({ job: sweep.name, table: 'outbox_events' }, facts);
      metrics.upkeepRows.inc({ job: sweep.name, table: 'fact_deliveries' }, marks);
    },
  });
