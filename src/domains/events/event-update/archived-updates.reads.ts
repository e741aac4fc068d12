import type { Database } from '../../../platform/db/client.ts';
import { type UpdatePage, type UpdateRow, updatesOf } from './event-update.reads.ts';

type Reader = Pick<Database, 'eventUpdate' | '$queryRaw'>;

/**
 * Updates for some audiences, newest first, live and archived. The archive is read when the live ones ran out; what was
 * moved between the two looks is in both and counts once.
 */
export const allUpdatesOf = async (reader: Reader, page: UpdatePage): Promise<UpdateRow[]> => {
  const live = await updatesOf(reader, page);
  if (live.length >= page.limit) return live;
  const known = new Set(live.map(({ id }) => id));
  const archived = (await archivedUpdatesOf(reader, page)).filter(({ id }) => !known.has(id));
  return [...live, ...archived].sort(newestFirst).slice(0, page.limit);
};

const newestFirst = (a: UpdateRow, b: UpdateRow): number =>
  Number(b.publishedAt ?? 0) - Number(a.publishedAt ?? 0) || (a.id < b.id ? 1 : -1);

const archivedUpdatesOf = (reader: Reader, { eventId, audiences, after, limit }: UpdatePage): Promise<UpdateRow[]> =>
  reader.$queryRaw<UpdateRow[]>`
    SELECT id, event_id AS "eventId", author_id AS "authorId", kind::text, audience::text, title, body, is_pinned AS "isPinned",
      published_at AS "publishedAt", created_at AS "createdAt", updated_at AS "updatedAt", deleted_at AS "deletedAt"
    FROM archive.event_updates
    WHERE event_id = ${eventId}::uuid AND audience::text = ANY (${audiences}::text[])
      AND deleted_at IS NULL AND published_at IS NOT NULL
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (published_at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY published_at DESC, id DESC LIMIT ${limit}`;
