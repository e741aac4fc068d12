import type { Removing } from '../../../platform/removal.ts';
import { mediaDeleted } from '../facts.ts';
import { filesOf } from './media.reads.ts';
import { markDeleted } from './media.writes.ts';

const MAX_FILES = 500;

/** Deletes the files of accounts that are being removed; their bytes follow. @returns false when there are more */
export const removeOwned = async ({ userIds, tx, record, now }: Removing): Promise<boolean> => {
  const files = await filesOf(tx, userIds, MAX_FILES);
  const marked = await markDeleted(
    tx,
    files.map(({ id }) => id),
    now,
  );
  for (const { id: mediaId, ownerId } of marked) await record(mediaDeleted, { mediaId, ownerId });
  return files.length < MAX_FILES;
};
