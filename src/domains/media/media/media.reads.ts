import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { PICTURE } from '../shapes/present.ts';

type Reader = Pick<Transaction, 'mediaAsset'>;

const OWN = {
  ...PICTURE,
  ...{ ownerId: true, purpose: true, mimeType: true, byteSize: true, rejectionReason: true, createdAt: true },
} as const;

/** A file that is not deleted, or null. */
export const findFile = (reader: Reader, mediaId: string) =>
  reader.mediaAsset.findFirst({ where: { id: mediaId, deletedAt: null }, select: OWN });

export type OwnRow = NonNullable<Awaited<ReturnType<typeof findFile>>>;

interface Page {
  ownerId: string;
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** Somebody’s own files, latest first. */
export const ownFiles = (reader: Reader, { ownerId, after, limit }: Page): Promise<OwnRow[]> =>
  reader.mediaAsset.findMany({
    where: {
      ownerId,
      deletedAt: null,
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: OWN,
  });

/** Files of these people that are not deleted, `limit` at most. */
export const filesOf = (reader: Reader, ownerIds: readonly string[], limit: number) =>
  reader.mediaAsset.findMany({
    where: { ownerId: { in: [...ownerIds] }, deletedAt: null },
    take: limit,
    select: { id: true, ownerId: true },
  });

/** How much of their share somebody has used. */
export const usageOf = async (reader: Reader, ownerId: string): Promise<{ unfinished: number; bytes: bigint }> => {
  const [unfinished, stored] = [
    await reader.mediaAsset.count({ where: { ownerId, status: 'UPLOADING', deletedAt: null } }),
    await reader.mediaAsset.aggregate({
      where: { ownerId, status: { in: ['UPLOADING', 'READY'] }, deletedAt: null },
      _sum: { byteSize: true },
    }),
  ];
  return { unfinished, bytes: stored._sum.byteSize ?? 0n };
};
