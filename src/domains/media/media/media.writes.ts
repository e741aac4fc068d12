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

/**
 * Takes files away from everything that shows them, and marks them as deleted; their bytes are still there.
 * @returns those of the ids that were not deleted before
 */
export const markDeleted = async (tx: Transaction, mediaIds: readonly string[], now: Date): Promise<string[]> => {
  const ids = [...mediaIds];
  const marked = await tx.mediaAsset.updateManyAndReturn({
    where: { id: { in: ids }, deletedAt: null },
    data: {
      ...{ status: 'DELETED', deletedAt: now },
      ...{ eventId: null, postId: null, reviewId: null, chatId: null, messageSeq: null },
    },
    select: { id: true },
  });
  const gone = { in: marked.map(({ id }) => id) };
  await tx.event.updateMany({ where: { coverAssetId: gone }, data: { coverAssetId: null } });
  await tx.profile.updateMany({ where: { avatarAssetId: gone }, data: { avatarAssetId: null } });
  await tx.profile.updateMany({ where: { coverAssetId: gone }, data: { coverAssetId: null } });
  await tx.chat.updateMany({ where: { avatarAssetId: gone }, data: { avatarAssetId: null } });
  // A story is its picture: without it nothing is left to show. One of words alone keeps its words.
  await tx.story.updateMany({
    where: { mediaAssetId: gone, kind: 'TEXT', caption: { not: null } },
    data: { mediaAssetId: null },
  });
  await tx.story.deleteMany({ where: { mediaAssetId: gone } });
  return gone.in;
};
