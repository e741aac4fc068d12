import type { Platform } from '../../../platform/platform.ts';
import { removeFiles } from '../processing/remove-files.ts';
import { deleteRow } from './upkeep.writes.ts';

/** Deletes the bytes of a deleted file, and then its row, which is what remembers that there are any. */
export const eraseFile = async (
  { database, objects }: Pick<Platform, 'database' | 'objects'>,
  { id, storageKey }: { id: string; storageKey: string },
): Promise<void> => {
  await removeFiles(objects, storageKey);
  await deleteRow(database, id);
};
