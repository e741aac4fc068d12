import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { continuePass } from '../../../platform/upkeep/pass.ts';
import type { Deps } from '../deps.ts';
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

/** Bytes and rows of what it deletes follow, as when their owners delete them. */
export const tidyMedia = ({
  clock,
  database,
  fileColumns,
}: Pick<Deps, 'clock' | 'database' | 'fileColumns'>): JobHandler =>
  jobHandler({
    contract: tidy,
    run: async () => {
      const step = async (after: string) => {
        const now = clock.now();
        const unattachedBefore = new Date(now.getTime() - UNATTACHED_FOR_MS);
        const { looked, last } = await tidyBatch(database, { after, limit: BATCH, unattachedBefore, fileColumns, now });
        return { next: looked < BATCH ? null : last, looked, findings: [] };
      };
      await continuePass({ database, clock }, { name: tidy.name, everyMs: DAY_MS, first: FIRST, step }, FOR_MS);
    },
  });
