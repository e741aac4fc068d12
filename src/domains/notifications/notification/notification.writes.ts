import type { Transaction } from '../../../platform/db/client.ts';

/** Marks a person's notifications as read: those of `ids`, or all. @returns how many were unread */
export const markRead = async (
  tx: Transaction,
  { userId, ids, now }: { userId: string; ids: string[] | undefined; now: Date },
): Promise<number> => {
  const { count } = await tx.notification.updateMany({
    where: { userId, readAt: null, deletedAt: null, ...(ids ? { id: { in: ids } } : {}) },
    data: { readAt: now, seenAt: now },
  });
  return count;
};
