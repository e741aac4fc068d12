import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

interface Reading {
  userId: string;
  ids: string[] | undefined;
  now: Date;
}

/**
 * Marks a person's notifications as read, archived ones too: those of `ids`, or all. The archive comes second: what is
 * moved there meanwhile is found there.
 * @returns how many were unread
 */
export const markRead = async (tx: Transaction, { userId, ids, now }: Reading): Promise<number> => {
  const { count } = await tx.notification.updateMany({
    where: { userId, readAt: null, deletedAt: null, ...(ids ? { id: { in: ids } } : {}) },
    data: { readAt: now, seenAt: now },
  });
  const archived = await tx.$executeRaw`
    UPDATE archive.notifications SET read_at = ${now}::timestamptz, seen_at = ${now}::timestamptz
    WHERE user_id = ${userId}::uuid AND read_at IS NULL AND deleted_at IS NULL
      ${ids ? Prisma.sql`AND id = ANY (${ids}::uuid[])` : Prisma.empty}`;
  return count + archived;
};
