import type { Domain } from '../../kernel/domain.ts';
import type { Transaction } from '../../platform/db/client.ts';
import type { Platform } from '../../platform/platform.ts';
import { ready, rejected } from './media/contract.ts';
import { createMedia as announceMedia } from './media/create.ts';
import { deleteMedia } from './media/delete.ts';
import { getMedia } from './media/get.ts';
import { listMedia } from './media/list.ts';
import { uploadMedia } from './media/upload.ts';
import { processUploads } from './processing/process.job.ts';
import { onMediaDeleted } from './upkeep/on-media-deleted.ts';
import { sweepMedia } from './upkeep/sweep.job.ts';
import { tidyMedia } from './upkeep/tidy.job.ts';

/** What this domain stands on. */
type Ground = Pick<Platform, 'clock' | 'database' | 'jobs' | 'log' | 'objects' | 'pictures' | 'sockets'>;

/** Pictures that people upload. */
export const createMedia = (ground: Ground): Domain<Transaction> => ({
  name: 'media',
  operations: [announceMedia(ground), uploadMedia(ground), getMedia(ground), listMedia(ground), deleteMedia()],
  signals: [ready, rejected],
  rooms: [],
  jobs: [processUploads(ground), sweepMedia(ground), tidyMedia(ground)],
  subscribers: [onMediaDeleted(ground)],
});
