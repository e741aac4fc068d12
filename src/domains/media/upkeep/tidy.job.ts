import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { continuePass } from '../../../platform/upkeep/pass.ts';
import { UNATTACHED_FOR_MS } from './kept-for.rules.ts';
import { tidyBatch } from './upkeep.writes.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const BATCH = 200;
const FOR_MS = 10_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

const tidy = job({
  name: 'media.tidy',
  summary: 'Once a day, deletes pictures that nothing has shown for a week, and those of erased people.',
  payload: z.object({}),
  everyMs: 10 * 60_000,
});

/** Bytes and rows of what it deletes are taken away by the sweep. */
export const tidyMedia = ({ clock, database }: Pick<Platform, 'clock' | 'database'>): JobHandler =>
  jobHandler({
    contract: tidy,
    run: async () => {
      const step = async (after: string) => {
        const now = clock.now();
        const unattachedBefore = new Date(now.getTime() - UNATTACHED_FOR_MS);
        const { looked, last } = await tidyBatch(database, { after, limit: BATCH, unattachedBefore, now });
        return { next: looked < BATCH ? null : last, looked, findings: [] };
      };
      await continuePass({ database, clock }, { name: tidy.name, everyMs: DAY_MS, first: FIRST, step }, FOR_MS);
    },
  });
