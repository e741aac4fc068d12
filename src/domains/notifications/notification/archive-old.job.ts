import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { inBatches } from '../../../platform/upkeep/in-batches.ts';
import type { Deps } from '../deps.ts';
import { archiveNotifications } from './archive-old.writes.ts';

const DAY_MS = 24 * 60 * 60_000;
const KEEP_DAYS = 90;
const BOUNDS = { batch: 1_000, forMs: 30_000 };

const archive = job({
  name: 'notification.archiveOld',
  summary: 'Moves notifications of three months ago, with their deliveries, into the archive',
  payload: z.object({}),
  everyMs: 60 * 60_000,
});

/** Keeps the table of notifications small. */
export const archiveOldNotifications = ({ database, clock, log, metrics }: Deps): JobHandler =>
  jobHandler({
    contract: archive,
    run: async () => {
      const before = new Date(clock.now().getTime() - KEEP_DAYS * DAY_MS);
      const count = await inBatches((limit) => archiveNotifications(database, before, limit), BOUNDS);
      metrics.upkeepRows.inc({ job: archive.name, table: 'notifications' }, count);
      if (count > 0) log.info({ count }, 'notifications archived');
    },
  });
