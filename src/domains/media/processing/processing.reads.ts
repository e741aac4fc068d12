import type { Database } from '../../../platform/db/client.ts';

/** What a worker must know of a file, deleted or not; null when there is none. */
export const findFile = (reader: Pick<Database, 'mediaAsset'>, mediaId: string) =>
  reader.mediaAsset.findUnique({
    where: { id: mediaId },
    select: { id: true, ownerId: true, status: true, storageKey: true, mimeType: true, attempts: true },
  });

export type FileRow = NonNullable<Awaited<ReturnType<typeof findFile>>>;
