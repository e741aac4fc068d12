import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { inBatches } from '../../../platform/upkeep/in-batches.ts';
import { archiveOldEvents as move } from './archive-old.writes.ts';

const DAY_MS = 24 * 60 * 60_000;
const KEEP_MS = 365 * DAY_MS;
const BOUNDS = { batch: 200, forMs: 30_000 };

const archiveOld = job({
  name: 'event.archiveOld',
  summary: 'Archives events that ended more than a year ago, with what was told about them',
  payload: z.object({}),
  everyMs: 60 * 60_000,
});

export const archiveOldEvents = ({ database, clock, log }: Pick<Platform, 'database' | 'clock' | 'log'>): JobHandler =>
  jobHandler({
    contract: archiveOld,
    run: async () => {
      const now = clock.now();
      const before = new Date(now.getTime() - KEEP_MS);
      const count = await inBatches((limit) => move(database, { before, now, limit }), BOUNDS);
      if (count > 0) log.info({ count }, 'events archived');
    },
  });
