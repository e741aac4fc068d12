import type { z } from 'zod';
import { Prisma } from '../../../generated/prisma/client.ts';
import type { NotificationModel } from '../../../generated/prisma/models.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import type { Notification } from './contract.ts';

type Reader = Pick<Transaction, 'notification' | '$queryRaw'>;

const LIVE = Prisma.sql`notifications`;
const ARCHIVE = Prisma.sql`archive.notifications`;

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

/** As FIELDS. */
type Row = Pick<NotificationModel, keyof typeof FIELDS>;

const COLUMNS = Prisma.raw(
  'id, user_id AS "userId", type, category, priority, title, message, data, event_id AS "eventId", actor_id AS "actorId", created_at AS "createdAt", read_at AS "readAt"',
);

/** A person's rows of the live table or of its archive. */
const rowsOf = (table: Prisma.Sql, { userId, unreadOnly, after, limit }: Page): Prisma.Sql => Prisma.sql`
  SELECT ${COLUMNS} FROM ${table}
  WHERE user_id = ${userId}::uuid AND deleted_at IS NULL
    ${unreadOnly ? Prisma.sql`AND read_at IS NULL` : Prisma.empty}
    ${after ? Prisma.sql`AND (created_at, id) < (${after.at}::timestamptz, ${after.id}::uuid)` : Prisma.empty}
  ORDER BY created_at DESC, id DESC LIMIT ${limit}`;

/**
 * A person's inbox, latest first; what was archived comes in its place. One statement: what is being moved is in one of
 * the two tables.
 */
export const inboxOf = (reader: Reader, page: Page): Promise<Row[]> =>
  reader.$queryRaw<Row[]>`
    (${rowsOf(LIVE, page)}) UNION ALL (${rowsOf(ARCHIVE, page)})
    ORDER BY "createdAt" DESC, id DESC LIMIT ${page.limit}`;

/** Where a person's notification stands in their inbox, also once it was taken out of it; null when they have none such. */
export const placeOf = async (
  reader: Reader,
  { userId, id }: { userId: string; id: string },
): Promise<Place | null> => {
  const [row] = await reader.$queryRaw<Place[]>`
    SELECT id, created_at AS at FROM notifications WHERE id = ${id}::uuid AND user_id = ${userId}::uuid
    UNION ALL SELECT id, created_at AS at FROM archive.notifications WHERE id = ${id}::uuid AND user_id = ${userId}::uuid`;
  return row ?? null;
};

/** Those of the ids that are still in somebody's inbox. */
export const notificationsById = (reader: Reader, ids: string[]): Promise<Row[]> =>
  reader.notification.findMany({ where: { id: { in: ids }, deletedAt: null }, orderBy: { id: 'asc' }, select: FIELDS });

/** How many a person has not read, archived ones included. */
export const countUnread = async (reader: Reader, userId: string): Promise<number> => {
  const [row] = await reader.$queryRaw<{ unread: number }[]>`
    SELECT ((SELECT count(*) FROM notifications WHERE user_id = ${userId}::uuid AND read_at IS NULL AND deleted_at IS NULL)
      + (SELECT count(*) FROM archive.notifications
         WHERE user_id = ${userId}::uuid AND read_at IS NULL AND deleted_at IS NULL))::int AS unread`;
  return row?.unread ?? 0;
};

/** As the wire carries it. */
export const show = ({ userId: _userId, data, createdAt, readAt, ...row }: Row): z.infer<typeof Notification> => ({
  ...row,
  // Safe: intents write nothing but objects.
  data: (data ?? {}) as Record<string, unknown>,
  createdAt: createdAt.toISOString(),
  readAt: readAt?.toISOString() ?? null,
});
