import type { Database } from '../../../platform/db/client.ts';

type Reader = Pick<Database, 'mediaAsset'>;

const FILE = { id: true, storageKey: true, createdAt: true } as const;

/** A deleted file whose bytes may still be there, or null. */
export const findDeleted = (reader: Reader, mediaId: string) =>
  reader.mediaAsset.findFirst({ where: { id: mediaId, status: 'DELETED' }, select: FILE });

interface Page {
  /** Id of the last one of the page before. */
  after: string | null;
  before: Date;
  limit: number;
}

const following = (after: string | null) => (after === null ? {} : { id: { gt: after } });

/** Files that were announced before then and have not become pictures, in the order of their ids. */
export const unfinishedFiles = (reader: Reader, { after, before, limit }: Page) =>
  reader.mediaAsset.findMany({
    where: { ...following(after), status: 'UPLOADING', createdAt: { lt: before } },
    orderBy: { id: 'asc' },
    take: limit,
    select: FILE,
  });

/** Files that were decided before then, and whose upload may still be there. */
export const undeletedUploads = (reader: Reader, { before, limit }: Omit<Page, 'after'>) =>
  reader.mediaAsset.findMany({
    where: { status: { in: ['READY', 'REJECTED'] }, attempts: { gt: 0 }, scannedAt: { lt: before } },
    take: limit,
    select: FILE,
  });

/** Deleted files whose bytes may still be there. */
export const deletedFiles = (reader: Reader, { before, limit }: Omit<Page, 'after'>) =>
  reader.mediaAsset.findMany({
    where: { status: 'DELETED', deletedAt: { lt: before } },
    take: limit,
    select: FILE,
  });
