import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { incomingName } from '../../../platform/pictures/picture-names.ts';
import type { Platform } from '../../../platform/platform.ts';
import { UPLOAD_WITHIN_MS } from '../media/create.ts';
import { finish } from '../processing/finish.ts';
import { processMedia } from '../processing/job.ts';
import { eraseFile } from './erase-file.steps.ts';
import { deletedFiles, undeletedUploads, unfinishedFiles } from './upkeep.reads.ts';
import { deleteUnfinished } from './upkeep.writes.ts';

/** Files of one query, and of one turn for what takes calls to the store. */
const BATCH = 200;
/** What is younger is surely under way. */
const SETTLED_AFTER_MS = 60_000;
const FOR_MS = 20_000;

const sweep = job({
  name: 'media.sweep',
  summary: 'Queues uploads whose job was lost, forgets announcements of a day ago, deletes the bytes of deleted files.',
  payload: z.object({}),
  everyMs: 60_000,
});

type Ground = Pick<Platform, 'clock' | 'database' | 'jobs' | 'objects'>;

export const sweepMedia = (ground: Ground): JobHandler =>
  jobHandler({
    contract: sweep,
    run: async () => {
      const { clock, database } = ground;
      const settled = { before: new Date(clock.now().getTime() - SETTLED_AFTER_MS), limit: BATCH };
      await resumeUnfinished(ground, settled);
      for (const file of await undeletedUploads(database, settled)) await finish(ground, file);
      for (const file of await deletedFiles(database, settled)) await eraseFile(ground, file);
    },
  });

/** Walks over all of them, or as far as the time goes: those without bytes must not stand before those with. */
const resumeUnfinished = async (ground: Ground, settled: { before: Date; limit: number }): Promise<void> => {
  const endsAtMs = performance.now() + FOR_MS;
  let after: string | null = null;
  while (performance.now() < endsAtMs) {
    const files = await unfinishedFiles(ground.database, { ...settled, after });
    for (const file of files) await resume(ground, file);
    const last = files.at(-1);
    if (!last || files.length < BATCH) return;
    after = last.id;
  }
};

const resume = async (
  { clock, database, jobs, objects }: Ground,
  { id: mediaId, storageKey, createdAt }: { id: string; storageKey: string; createdAt: Date },
): Promise<void> => {
  if (await objects.has(incomingName(storageKey))) return jobs.later(processMedia, { mediaId }, { id: mediaId });
  const now = clock.now();
  if (now.getTime() - createdAt.getTime() > UPLOAD_WITHIN_MS) await deleteUnfinished(database, mediaId, now);
};
