import type { MediaPurpose } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { newStorageKey } from '../../../platform/pictures/picture-names.ts';

export interface Announced {
  ownerId: string;
  purpose: MediaPurpose;
  mimeType: string;
  byteSize: number;
  altText: string | null;
  now: Date;
}

/** One person’s announcements one after the other, so that none slips past a bound on their number. */
export const lockOwner = async (tx: Transaction, ownerId: string): Promise<void> => {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`media of ${ownerId}`}, 0))`;
};

/** @returns the id of the new row, whose bytes are to come */
export const insertAnnounced = async (tx: Transaction, { now, byteSize, ...announced }: Announced): Promise<string> => {
  const id = newId();
  await tx.mediaAsset.create({
    data: { id, ...announced, byteSize: BigInt(byteSize), kind: 'IMAGE', storageKey: newStorageKey(), createdAt: now },
    select: { id: true },
  });
  return id;
};

/** Changes what a picture is said to show. @returns false when it is part of a message, whose words stay */
export const updateAltText = async (tx: Transaction, mediaId: string, altText: string | null): Promise<boolean> => {
  const { count } = await tx.mediaAsset.updateMany({
    where: { id: mediaId, deletedAt: null, messageSeq: null },
    data: { altText },
  });
  return count === 1;
};

/**
 * Marks files as deleted, so that nothing shows them any more; their bytes are still there. Whoever calls it records
 * `media.deleted` for each, on which the domains that name the file let go of it.
 * @returns those that were not deleted before
 */
export const markDeleted = (
  tx: Transaction,
  mediaIds: readonly string[],
  now: Date,
): Promise<{ id: string; ownerId: string }[]> =>
  tx.mediaAsset.updateManyAndReturn({
    where: { id: { in: [...mediaIds] }, deletedAt: null },
    data: {
      ...{ status: 'DELETED', deletedAt: now },
      ...{ eventId: null, postId: null, reviewId: null, chatId: null, messageSeq: null },
    },
    select: { id: true, ownerId: true },
  });
