import type { Transaction } from '../../../platform/db/client.ts';

/** Takes a deleted file away from stories: those of words alone keep their words, the others end. */
export const letGoOf = async (tx: Transaction, mediaAssetId: string): Promise<void> => {
  await tx.story.updateMany({
    where: { mediaAssetId, kind: 'TEXT', caption: { not: null } },
    data: { mediaAssetId: null },
  });
  await tx.story.deleteMany({ where: { mediaAssetId } });
};
