import type { UpdateAudience } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { toTime } from '../times.rules.ts';

type Reader = Pick<Transaction, 'eventUpdate'>;

/** An update of the event, or null for none and for one that was taken back. */
export const findUpdate = (reader: Reader, eventId: string, updateId: string) =>
  reader.eventUpdate.findFirst({ where: { id: updateId, eventId, deletedAt: null, publishedAt: { not: null } } });

export type UpdateRow = NonNullable<Awaited<ReturnType<typeof findUpdate>>>;

/** When it was told. */
export const publishedAtOf = ({ publishedAt, createdAt }: Pick<UpdateRow, 'publishedAt' | 'createdAt'>): Date =>
  publishedAt ?? createdAt;

/** What of an event’s updates is wanted. */
export interface UpdatePage {
  eventId: string;
  audiences: UpdateAudience[];
  /** The last one of the page before. */
  after: Place | null;
  limit: number;
}

/** Updates for some audiences, newest first. */
export const updatesOf = (reader: Reader, { eventId, audiences, after, limit }: UpdatePage) =>
  reader.eventUpdate.findMany({
    where: {
      eventId,
      audience: { in: audiences },
      deletedAt: null,
      publishedAt: { not: null },
      ...(after ? { OR: [{ publishedAt: { lt: after.at } }, { publishedAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
    take: limit,
  });

/** An update on the wire. */
export const showUpdate = (row: UpdateRow) => ({
  id: row.id,
  eventId: row.eventId,
  authorId: row.authorId,
  kind: row.kind,
  audience: row.audience,
  title: row.title,
  body: row.body,
  isPinned: row.isPinned,
  publishedAt: toTime(publishedAtOf(row)),
});

interface Recipients {
  eventId: string;
  audience: Exclude<UpdateAudience, 'PUBLIC'>;
  /** The last person of the page before. */
  after: string | null;
  limit: number;
}

/** The next people of an audience, in the order of their ids. */
export const recipientsOf = async (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, audience, after, limit }: Recipients,
): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ user_id: string }[]>`
    SELECT DISTINCT user_id FROM (
      SELECT user_id FROM event_participants
      WHERE ${audience} = 'PARTICIPANTS' AND event_id = ${eventId}::uuid AND status = 'ISSUED' AND user_id IS NOT NULL
      UNION ALL
      SELECT user_id FROM waitlists
      WHERE ${audience} = 'WAITLIST' AND event_id = ${eventId}::uuid AND status IN ('WAITING', 'OFFERED')
      UNION ALL
      SELECT user_id FROM event_hosts WHERE event_id = ${eventId}::uuid AND accepted_at IS NOT NULL
      UNION ALL
      SELECT host_id FROM events WHERE id = ${eventId}::uuid
    ) AS people
    WHERE ${after}::uuid IS NULL OR user_id > ${after}::uuid
    ORDER BY user_id LIMIT ${limit}`;
  return rows.map((row) => row.user_id);
};

/** The number of people with an account in each audience: guests with a ticket, people who wait, and the team with its owner. */
export const countRecipients = async (
  reader: Pick<Transaction, '$queryRaw'>,
  eventId: string,
): Promise<{ participants: number; waitlist: number; staff: number }> => {
  const [row] = await reader.$queryRaw<{ participants: number; waitlist: number; staff: number }[]>`
    SELECT
      (SELECT count(DISTINCT user_id)::int FROM event_participants
        WHERE event_id = ${eventId}::uuid AND status = 'ISSUED' AND user_id IS NOT NULL) AS participants,
      (SELECT count(DISTINCT user_id)::int FROM waitlists
        WHERE event_id = ${eventId}::uuid AND status IN ('WAITING', 'OFFERED')) AS waitlist,
      (SELECT count(*)::int FROM (
        SELECT user_id FROM event_hosts WHERE event_id = ${eventId}::uuid AND accepted_at IS NOT NULL
        UNION SELECT host_id FROM events WHERE id = ${eventId}::uuid) AS team) AS staff`;
  return row ?? { participants: 0, waitlist: 0, staff: 0 };
};
