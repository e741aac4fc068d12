import type { Database } from '../../../platform/db/client.ts';
import type { Rejection } from '../shapes/contract.ts';
import { PICTURE, type PictureRow } from '../shapes/present.ts';

type Writer = Pick<Database, 'mediaAsset'>;

/** Notes that decoding begins: a worker that dies of it cannot say so afterwards. @returns how often it was begun before */
export const beginAttempt = async (database: Writer, mediaId: string): Promise<number> => {
  const { attempts } = await database.mediaAsset.update({
    where: { id: mediaId },
    data: { attempts: { increment: 1 } },
    select: { attempts: true },
  });
  return attempts - 1;
};

/** Takes an attempt back: the worker lives, and something else was away. */
export const forgiveAttempt = async (database: Writer, mediaId: string): Promise<void> => {
  await database.mediaAsset.updateMany({
    where: { id: mediaId, attempts: { gt: 0 } },
    data: { attempts: { decrement: 1 } },
  });
};

/** Nothing is left of the upload itself. */
export const endAttempts = async (database: Writer, mediaId: string): Promise<void> => {
  await database.mediaAsset.updateMany({ where: { id: mediaId, attempts: { gt: 0 } }, data: { attempts: 0 } });
};

export interface Processed {
  width: number;
  height: number;
  blurHash: string;
  sha256: string;
  byteSize: number;
  now: Date;
}

/** @returns the row as it can be shown; null when it does not wait for this (any more) */
export const markReady = async (
  database: Writer,
  mediaId: string,
  { now, byteSize, ...processed }: Processed,
): Promise<PictureRow | null> => {
  const [row] = await database.mediaAsset.updateManyAndReturn({
    where: { id: mediaId, status: 'UPLOADING' },
    data: { ...processed, byteSize: BigInt(byteSize), status: 'READY', scanState: 'CLEAN', scannedAt: now },
    select: PICTURE,
  });
  return row ?? null;
};

/** @returns false when it does not wait for this (any more) */
export const markRejected = async (
  database: Writer,
  mediaId: string,
  { reason, now }: { reason: Rejection; now: Date },
): Promise<boolean> => {
  const { count } = await database.mediaAsset.updateMany({
    where: { id: mediaId, status: 'UPLOADING' },
    data: { status: 'REJECTED', scanState: 'FAILED', rejectionReason: reason, scannedAt: now },
  });
  return count === 1;
};
