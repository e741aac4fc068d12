import { incomingName } from '../../../platform/pictures/picture-names.ts';
import type { Platform } from '../../../platform/platform.ts';
import { endAttempts } from './processing.writes.ts';

export type Finishing = Pick<Platform, 'database' | 'objects'>;

/**
 * Deletes an upload that came to its end, with whatever its metadata tells of people and places, and notes that it is gone. Until
 * then the sweep comes back to it.
 */
export const finish = async (
  { database, objects }: Finishing,
  { id, storageKey }: { id: string; storageKey: string },
): Promise<void> => {
  await objects.delete(incomingName(storageKey));
  await endAttempts(database, id);
};
