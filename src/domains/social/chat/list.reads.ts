import { Prisma } from '../../../generated/prisma/client.ts';
import type { ChatJoinPolicy, ChatKind, ChatNotificationLevel, ChatRole } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Place } from '../../../platform/db/pages.ts';
import { plainArray } from './array-literal.rules.ts';
import { ordinalUpTo, toView, type ViewRow, viewColumns } from './message.reads.ts';
import type { MessageView } from './overlay.rules.ts';
import type { OwnRow } from './own-view.reads.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A chat counts so many unread mentions, not more. */
const MAX_MENTIONS_COUNTED = 100;

/** The user's chats by stored activity, newest first. @param after the last one of the page before */
export const chatsByActivity = (
  reader: Reader,
  { userId, after, limit, hidden }: { userId: string; after: Place | null; limit: number; hidden: boolean },
): Promise<Place[]> =>
  reader.$queryRaw<Place[]>`
    SELECT c.id, greatest(s.last_message_at, c.created_at) AS at
    FROM chat_participants AS p
    JOIN chats AS c ON c.id = p.chat_id
    LEFT JOIN chat_message_sequences AS s ON s.chat_id = p.chat_id
    WHERE p.user_id = ${userId}::uuid AND p.left_at IS NULL
      AND (coalesce(s.last_ordinal, 0) <= coalesce(p.hidden_at_ordinal, -1)) = ${hidden}
      AND (${after?.at ?? null}::timestamptz IS NULL
        OR (greatest(s.last_message_at, c.created_at), c.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    ORDER BY at DESC, c.id DESC
    LIMIT ${limit}`;

interface SummaryRow {
  summary_id: string;
  kind: ChatKind;
  title: string | null;
  created_at: Date;
  role: ChatRole;
  last_read_seq: bigint;
  last_read_ordinal: bigint;
  pointer_ordinal: bigint | null;
  epoch: string | null;
  last_seq: bigint | null;
  last_ordinal: bigint | null;
  deleted_unread: bigint;
  member_count: bigint;
  peer_id: string | null;
  join_policy: ChatJoinPolicy;
  slow_mode_seconds: number;
  avatar_asset_id: string | null;
  notification_level: ChatNotificationLevel;
  muted_until: Date | null;
  is_marked_unread: boolean;
  silenced_until: Date | null;
  hidden_at_ordinal: bigint | null;
  mention_seqs: bigint[];
}

/** A chat as PostgreSQL knows it, for one of its members. */
export interface StoredSummary {
  id: string;
  kind: ChatKind;
  title: string | null;
  createdAtMs: number;
  role: ChatRole;
  memberCount: number;
  /** The other member of a DIRECT chat. */
  peerId: string | null;
  joinPolicy: ChatJoinPolicy;
  slowModeSeconds: number;
  avatarAssetId: string | null;
  own: OwnRow;
  /** Stored messages after the pointer that name the user: the first of them. */
  mentionSeqs: readonly number[];
  lastReadSeq: number;
  lastReadOrdinal: number;
  /** The ordinal at the pointer that was asked about; null when no message lies before it. */
  pointerOrdinal: number | null;
  lastOrdinal: number;
  /** Messages after the pointer that were deleted by entries which are stored. */
  deletedUnread: number;
  /** Null while nothing was ever stored. */
  position: { epoch: string; seq: number } | null;
  lastMessage: MessageView | null;
}

export interface Wanted {
  chatId: string;
  /** A read pointer of the user that may not be stored yet, to learn how many messages lie before it. */
  pointer: number | null;
  /** The last entry that is surely stored; null when all are. What later ones delete is not counted here. */
  durable: number | null;
}

/** What PostgreSQL knows of these chats of the user. */
export const summariesOf = async (reader: Reader, userId: string, wanted: Wanted[]): Promise<StoredSummary[]> => {
  const chatIds = plainArray(wanted.map(({ chatId }) => chatId));
  const rows = await reader.$queryRaw<(SummaryRow & (ViewRow | { seq: null }))[]>`
    SELECT c.id AS summary_id, c.kind, c.title, c.created_at, c.join_policy, c.slow_mode_seconds, c.avatar_asset_id,
      p.role, p.last_read_seq, p.last_read_ordinal,
      p.notification_level, p.muted_until, p.is_marked_unread, p.silenced_until, p.hidden_at_ordinal,
      ARRAY(SELECT n.seq FROM chat_mentions AS n
        WHERE n.user_id = p.user_id AND n.chat_id = c.id AND n.seq > greatest(p.last_read_seq, w.pointer)
        ORDER BY n.seq LIMIT ${MAX_MENTIONS_COUNTED}) AS mention_seqs,
      s.epoch, s.last_seq, s.last_ordinal, last_message.*,
      (SELECT count(*) FROM messages AS d
        WHERE d.chat_id = c.id AND d.seq > greatest(p.last_read_seq, w.pointer) AND d.deleted_at IS NOT NULL
          AND (w.durable IS NULL OR d.applied_seq <= w.durable)) AS deleted_unread,
      CASE WHEN w.pointer IS NOT NULL THEN ${ordinalUpTo(Prisma.sql`c.id`, Prisma.sql`w.pointer`)} END AS pointer_ordinal,
      (SELECT count(*) FROM chat_participants AS o WHERE o.chat_id = c.id AND (o.left_at IS NULL OR c.kind = 'DIRECT')) AS member_count,
      CASE WHEN c.kind = 'DIRECT' THEN (
        SELECT user_id FROM chat_participants AS o WHERE o.chat_id = c.id AND o.user_id <> p.user_id LIMIT 1) END AS peer_id
    FROM unnest(
      ${chatIds}::uuid[],
      ${plainArray(wanted.map(({ pointer }) => pointer))}::bigint[],
      ${plainArray(wanted.map(({ durable }) => durable))}::bigint[]
    ) AS w (chat_id, pointer, durable)
    JOIN chats AS c ON c.id = w.chat_id
    JOIN chat_participants AS p ON p.chat_id = c.id AND p.user_id = ${userId}::uuid
    LEFT JOIN chat_message_sequences AS s ON s.chat_id = c.id
    LEFT JOIN LATERAL (
      SELECT ${viewColumns(userId)} FROM messages AS m WHERE m.chat_id = c.id ORDER BY m.seq DESC LIMIT 1
    ) AS last_message ON true`;
  return rows.map(toSummary);
};

/** How much the user has not read, of what is stored: messages of all their chats, and in how many chats they are. */
export const countUnread = async (reader: Reader, userId: string): Promise<{ messages: number; chats: number }> => {
  const [row] = await reader.$queryRaw<{ messages: bigint; chats: bigint }[]>`
    SELECT coalesce(sum(unread), 0)::bigint AS messages, count(*) FILTER (WHERE unread > 0) AS chats
    FROM chat_participants AS p
    JOIN chat_message_sequences AS s ON s.chat_id = p.chat_id AND s.last_ordinal > p.last_read_ordinal
    CROSS JOIN LATERAL (
      SELECT greatest(0, s.last_ordinal - p.last_read_ordinal - count(*)) AS unread FROM messages AS d
      WHERE d.chat_id = p.chat_id AND d.seq > p.last_read_seq AND d.deleted_at IS NOT NULL) AS left_to_read
    WHERE p.user_id = ${userId}::uuid AND p.left_at IS NULL`;
  return { messages: Number(row?.messages ?? 0), chats: Number(row?.chats ?? 0) };
};

const toSummary = (row: SummaryRow & (ViewRow | { seq: null })): StoredSummary => ({
  id: row.summary_id,
  kind: row.kind,
  title: row.title,
  createdAtMs: row.created_at.getTime(),
  role: row.role,
  memberCount: Number(row.member_count),
  peerId: row.peer_id,
  joinPolicy: row.join_policy,
  slowModeSeconds: row.slow_mode_seconds,
  avatarAssetId: row.avatar_asset_id,
  own: {
    notificationLevel: row.notification_level,
    mutedUntil: row.muted_until,
    isMarkedUnread: row.is_marked_unread,
    silencedUntil: row.silenced_until,
    hiddenAtOrdinal: row.hidden_at_ordinal,
  },
  mentionSeqs: row.mention_seqs.map(Number),
  lastReadSeq: Number(row.last_read_seq),
  lastReadOrdinal: Number(row.last_read_ordinal),
  pointerOrdinal: row.pointer_ordinal === null ? null : Number(row.pointer_ordinal),
  lastOrdinal: Number(row.last_ordinal ?? 0),
  deletedUnread: Number(row.deleted_unread),
  position: row.epoch === null ? null : { epoch: row.epoch, seq: Number(row.last_seq) },
  lastMessage: row.seq === null ? null : toView(row),
});
