import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';

interface Reading {
  userId: string;
  ids: string[] | undefined;
  /** What comes after it in time stays as it is. */
  last: Place | undefined;
  now: Date;
}

/**
 * Marks a person's notifications as read, archived ones too: those of `ids`, those up to `last`, or all. The archive comes second: what is
 * moved there meanwhile is found there.
 * @returns how many were unread
 */
export const markRead = async (tx: Transaction, { userId, ids, last, now }: Reading): Promise<number> => {
  const { count } = await tx.notification.updateMany({
    where: { userId, readAt: null, deletedAt: null, ...(ids ? { id: { in: ids } } : {}), ...(last ? upTo(last) : {}) },
    data: { readAt: now, seenAt: now },
  });
  const archived = await tx.$executeRaw`
    UPDATE archive.notifications SET read_at = ${now}::timestamptz, seen_at = ${now}::timestamptz
    WHERE user_id = ${userId}::uuid AND read_at IS NULL AND deleted_at IS NULL
      ${ids ? Prisma.sql`AND id = ANY (${ids}::uuid[])` : Prisma.empty}
      ${last ? Prisma.sql`AND (created_at, id) <= (${last.at}::timestamptz, ${last.id}::uuid)` : Prisma.empty}`;
  return count + archived;
};

const upTo = ({ at, id }: Place) => ({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lte: id } }] });
