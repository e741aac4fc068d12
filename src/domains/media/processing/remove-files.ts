import type { Objects } from '../../../platform/objects/objects.ts';
import { allNames } from '../../../platform/pictures/picture-names.ts';

/** Deletes everything the store may hold of a file: the upload, and every size. Repeats are harmless. */
export const removeFiles = async (objects: Pick<Objects, 'delete'>, storageKey: string): Promise<void> => {
  for (const name of allNames(storageKey)) await objects.delete(name);
};
