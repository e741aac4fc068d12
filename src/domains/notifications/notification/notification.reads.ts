import type { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import type { Notification } from './contract.ts';

type Reader = Pick<Transaction, 'notification'>;

const FIELDS = {
  id: true,
  userId: true,
  type: true,
  category: true,
  priority: true,
  title: true,
  message: true,
  data: true,
  eventId: true,
  actorId: true,
  createdAt: true,
  readAt: true,
} as const;

interface Page {
  userId: string;
  unreadOnly: boolean;
  after: Place | null;
  limit: number;
}

/** A person's inbox, latest first. */
export const inboxOf = (reader: Reader, { userId, unreadOnly, after, limit }: Page) =>
  reader.notification.findMany({
    where: {
      userId,
      deletedAt: null,
      ...(unreadOnly ? { readAt: null } : {}),
      ...(after ? { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    select: FIELDS,
  });

type Row = Awaited<ReturnType<typeof inboxOf>>[number];

/** Those of the ids that are still in somebody's inbox. */
export const notificationsById = (reader: Reader, ids: string[]): Promise<Row[]> =>
  reader.notification.findMany({ where: { id: { in: ids }, deletedAt: null }, orderBy: { id: 'asc' }, select: FIELDS });

export const countUnread = (reader: Reader, userId: string): Promise<number> =>
  reader.notification.count({ where: { userId, readAt: null, deletedAt: null } });

/** As the wire carries it. */
export const show = ({ userId: _userId, data, createdAt, readAt, ...row }: Row): z.infer<typeof Notification> => ({
  ...row,
  // Safe: intents write nothing but objects.
  data: (data ?? {}) as Record<string, unknown>,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});
