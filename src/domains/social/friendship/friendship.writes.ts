import type { Transaction } from '../../../platform/db/client.ts';

/** Ends friendship, requests for it, and follows between two people, for good. */
export const endTies = async (tx: Transaction, userId: string, otherId: string): Promise<void> => {
  await tx.friendship.deleteMany({
    where: {
      OR: [
        { requesterId: userId, addresseeId: otherId },
        { requesterId: otherId, addresseeId: userId },
      ],
    },
  });
  await tx.follow.deleteMany({
    where: {
      OR: [
        { followerId: userId, followeeId: otherId },
        { followerId: otherId, followeeId: userId },
      ],
    },
  });
};
