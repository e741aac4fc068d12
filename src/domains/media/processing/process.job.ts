import { createHash } from 'node:crypto';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import { incomingName, pictureName } from '../../../platform/pictures/picture-names.ts';
import type { Platform } from '../../../platform/platform.ts';
import { createTurns } from '../../../platform/turns.ts';
import { ready, rejected } from '../media/contract.ts';
import type { Rejection } from '../shapes/contract.ts';
import { showPicture } from '../shapes/present.ts';
import { decode } from './decode.ts';
import { blurHashOf, encode, type PictureFile } from './encode.ts';
import { type Finishing, finish } from './finish.ts';
import { processMedia } from './job.ts';
import { createPace } from './pace.ts';
import { type FileRow, findFile } from './processing.reads.ts';
import { beginAttempt, forgiveAttempt, markReady, markRejected, type Processed } from './processing.writes.ts';
import { Refused } from './refused.rules.ts';
import { removeFiles } from './remove-files.ts';

type Ground = Pick<Platform, 'clock' | 'database' | 'jobs' | 'log' | 'objects' | 'pictures' | 'sockets'>;

/** A file that workers die of this often is what kills them. */
const MAX_ATTEMPTS = 3;
/** Pictures that wait in one worker; the jobs of others must find room there too. */
const MAX_WAITING = 4;

/** Processes one picture at a time in each worker: each takes up to 300 MB. */
export const processUploads = (ground: Ground): JobHandler => {
  const turns = createTurns(() => 1);
  const comeBackAfterMs = createPace();
  let waiting = 0;
  return jobHandler({
    contract: processMedia,
    run: async ({ mediaId }) => {
      if (waiting >= MAX_WAITING) {
        return ground.jobs.later(processMedia, { mediaId }, { id: mediaId, delayMs: comeBackAfterMs() });
      }
      waiting += 1;
      try {
        await turns.take(() => processOne(ground, mediaId));
      } finally {
        waiting -= 1;
      }
    },
  });
};

const processOne = async (ground: Ground, mediaId: string): Promise<void> => {
  const { database, objects } = ground;
  const file = await findFile(database, mediaId);
  if (!file) return;
  if (file.status !== 'UPLOADING') return finish(ground, file);
  const bytes = await objects.get(incomingName(file.storageKey));
  // Sent again and processed in between, or never here: nothing to do until it comes.
  if (!bytes) return;
  if ((await beginAttempt(database, mediaId)) >= MAX_ATTEMPTS) return reject(ground, file, 'TOO_COMPLEX');
  try {
    await keep(ground, file, bytes);
  } catch (error) {
    if (error instanceof Refused) return reject(ground, file, error.reason);
    await forgiveAttempt(database, mediaId);
    throw error;
  }
};

/** Pixels, files, row, owner; the upload itself goes last, so that a crash anywhere before begins anew. */
const keep = async (ground: Ground, file: FileRow, bytes: Uint8Array): Promise<void> => {
  const { clock, database, objects, pictures, sockets } = ground;
  const { id: mediaId, ownerId, storageKey } = file;
  const pixels = await decode(bytes);
  const [files, blurHash] = [await encode(pixels), await blurHashOf(pixels)];
  for (const each of files) await objects.put(pictureName(storageKey, each.name), each.bytes, 'image/webp');
  const now = clock.now();
  const row = await markReady(database, mediaId, { ...describe(files), blurHash, now });
  if (!row) return clearAfterRace(ground, file);
  await finish(ground, file);
  const picture = showPicture(row, { pictures, now });
  if (picture) sockets.tellUser(ownerId, ready, { mediaId, picture });
};

const describe = (files: readonly PictureFile[]): Omit<Processed, 'blurHash' | 'now'> => {
  const largest = files.at(-1);
  if (!largest) throw new Error('a picture has at least one size');
  const { width, height, bytes } = largest;
  const byteSize = files.reduce((sum, file) => sum + file.bytes.length, 0);
  return { width, height, byteSize, sha256: createHash('sha256').update(bytes).digest('hex') };
};

/** Another worker was first, and its files are the same as ours; or the picture was deleted, and nothing of it may stay. */
const clearAfterRace = async ({ database, objects }: Finishing, file: FileRow): Promise<void> => {
  const now = await findFile(database, file.id);
  if (now?.status === 'READY') return finish({ database, objects }, file);
  await removeFiles(objects, file.storageKey);
};

const reject = async (ground: Ground, file: FileRow, reason: Rejection): Promise<void> => {
  const { clock, database, log, sockets } = ground;
  const { id: mediaId, ownerId } = file;
  if (await markRejected(database, mediaId, { reason, now: clock.now() })) {
    log.info({ mediaId, reason }, 'upload rejected');
    sockets.tellUser(ownerId, rejected, { mediaId, reason });
  }
  await finish(ground, file);
};
