import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray } from './array-literal.rules.ts';
import type { MessageState } from './message-state.rules.ts';
import type { MessageView } from './overlay.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

export interface MessageRow {
  chat_id: string;
  seq: bigint;
  id: string;
  sender_id: string;
  client_id: string;
  ordinal: bigint;
  body: string;
  reply_to_seq: bigint | null;
  sent_at: Date;
  edited_at: Date | null;
  deleted_at: Date | null;
  applied_seq: bigint;
  reactions: Record<string, number>;
  is_forwarded: boolean;
  forwarded_from: string | null;
}

export interface ViewRow extends MessageRow {
  reactors: string[];
  media_ids: string[];
  mention_ids: string[];
  calls_here: boolean;
}

const COLUMNS = Prisma.sql`m.chat_id, m.seq, m.id, m.sender_id, m.client_id, m.ordinal, m.body, m.reply_to_seq,
  m.sent_at, m.edited_at, m.deleted_at, m.applied_seq, m.reactions, m.is_forwarded, m.forwarded_from`;

/** Where a message `m` lies, with what belongs to it. */
interface Shelf {
  reactions: Prisma.Sql;
  mediaIds: Prisma.Sql;
}

const LIVE: Shelf = {
  reactions: Prisma.sql`message_reactions`,
  mediaIds: Prisma.sql`ARRAY(
    SELECT a.id::text FROM media_assets AS a
    WHERE a.chat_id = m.chat_id AND a.message_seq = m.seq ORDER BY a.sort_order, a.id)`,
};

const ARCHIVED: Shelf = {
  reactions: Prisma.sql`archive.message_reactions`,
  mediaIds: Prisma.sql`CASE WHEN m.deleted_at IS NULL THEN m.asset_ids::text[] ELSE '{}' END`,
};

/** Most messages name nobody, and cost no look into the table. */
const MENTION_IDS = Prisma.sql`CASE WHEN position('@' IN m.body) = 0 THEN '{}' ELSE ARRAY(
  SELECT n.user_id::text FROM chat_mentions AS n
  WHERE n.chat_id = m.chat_id AND n.seq = m.seq AND NOT n.by_here ORDER BY n.user_id) END`;
const CALLS_HERE = Prisma.sql`CASE WHEN position('@here' IN m.body) = 0 THEN false ELSE EXISTS(
  SELECT FROM chat_mentions AS n WHERE n.chat_id = m.chat_id AND n.seq = m.seq AND n.by_here) END`;

/**
 * The message `m` with its pictures and reactors in the form of `MessageView`; one statement, so that all are of one moment.
 * @param viewerId whose reactions are wanted; null for everybody's
 */
export const viewColumns = (viewerId: string | null, { reactions, mediaIds } = LIVE): Prisma.Sql => {
  const whose = viewerId === null ? Prisma.empty : Prisma.sql`AND r.user_id = ${viewerId}::uuid`;
  return Prisma.sql`${COLUMNS}, CASE WHEN m.reactions = '{}' THEN '{}' ELSE ARRAY(
    SELECT r.emoji || ' ' || r.user_id FROM ${reactions} AS r
    WHERE r.chat_id = m.chat_id AND r.seq = m.seq ${whose}) END AS reactors, ${mediaIds} AS media_ids, ${MENTION_IDS} AS mention_ids,
  ${CALLS_HERE} AS calls_here`;
};

const toMessage = (
  row: MessageRow,
  {
    mediaIds = [],
    mentionIds = [],
    callsHere = false,
  }: Partial<Pick<MessageState, 'mediaIds' | 'mentionIds' | 'callsHere'>> = {},
): MessageState => ({
  chatId: row.chat_id,
  id: row.id,
  seq: Number(row.seq),
  ordinal: Number(row.ordinal),
  senderId: row.sender_id,
  clientId: row.client_id,
  body: row.body,
  mediaIds,
  replyToSeq: row.reply_to_seq === null ? null : Number(row.reply_to_seq),
  mentionIds,
  callsHere,
  forwarded: row.is_forwarded ? { from: row.forwarded_from } : null,
  sentAtMs: row.sent_at.getTime(),
  editedAtMs: row.edited_at?.getTime() ?? null,
  deletedAtMs: row.deleted_at?.getTime() ?? null,
  reactions: row.reactions,
  appliedSeq: Number(row.applied_seq),
});

export const toView = (row: ViewRow): MessageView => ({
  message: toMessage(row, { mediaIds: row.media_ids, mentionIds: row.mention_ids, callsHere: row.calls_here }),
  reactors: new Set(row.reactors),
});

export interface Range {
  chatId: string;
  viewerId: string;
  after: number;
  before: number;
  /** Which end of the range to read from. */
  from: 'oldest' | 'newest';
  limit: number;
}

/**
 * Stored messages between `after` and `before`, both exclusive, live and archived. One statement sees each message in one
 * of the two places, whatever is being moved; the archive is read only where it may have something to add.
 */
export const messagesBetween = async (reader: Reader, range: Range): Promise<MessageView[]> => {
  const { chatId, viewerId, after, before, from, limit } = range;
  const within = Prisma.sql`m.chat_id = ${chatId}::uuid AND m.seq > ${after} AND m.seq < ${before}`;
  const first = Prisma.sql`ORDER BY m.seq ${from === 'oldest' ? Prisma.sql`ASC` : Prisma.sql`DESC`} LIMIT ${limit}`;
  const isShort = from === 'oldest' ? Prisma.sql`true` : Prisma.sql`(SELECT count(*) FROM live) < ${limit}`;
  const rows = await reader.$queryRaw<ViewRow[]>`
    WITH live AS MATERIALIZED (SELECT ${viewColumns(viewerId)} FROM messages AS m WHERE ${within} ${first})
    SELECT * FROM live
    UNION ALL (
      SELECT ${viewColumns(viewerId, ARCHIVED)} FROM archive.messages AS m
      WHERE ${within} AND ${isShort}
        AND (SELECT archived_seq FROM chat_message_sequences WHERE chat_id = ${chatId}::uuid) > ${after}
      ${first})`;
  const ascending = rows.map(toView).sort((a, b) => a.message.seq - b.message.seq);
  return from === 'oldest' ? ascending.slice(0, limit) : ascending.slice(-limit);
};

/** SQL for the ordinal of the last message at or before a place, live or archived; null when there is none. */
export const ordinalUpTo = (chatId: Prisma.Sql, seq: Prisma.Sql): Prisma.Sql => Prisma.sql`coalesce(
  (SELECT ordinal FROM messages WHERE messages.chat_id = ${chatId} AND messages.seq <= ${seq}
   ORDER BY messages.seq DESC LIMIT 1),
  (SELECT ordinal FROM archive.messages AS old WHERE old.chat_id = ${chatId} AND old.seq <= ${seq}
   ORDER BY old.seq DESC LIMIT 1))`;

/** The stored messages of these numbers, with the reactions of everybody. */
export const messagesAt = async (reader: Reader, chatId: string, seqs: number[]): Promise<MessageView[]> => {
  const rows = await reader.$queryRaw<ViewRow[]>`
    SELECT ${viewColumns(null)} FROM messages AS m
    WHERE m.chat_id = ${chatId}::uuid AND m.seq = ANY(${plainArray(seqs)}::bigint[])`;
  return rows.map(toView);
};

/** The stored messages at these places, live and archived. @param viewerId whose reactions are wanted; null for everybody's */
export const messagesOfPlaces = async (
  reader: Reader,
  { chatId, viewerId, seqs }: { chatId: string; viewerId: string | null; seqs: number[] },
): Promise<MessageView[]> => {
  if (seqs.length === 0) return [];
  const within = Prisma.sql`m.chat_id = ${chatId}::uuid AND m.seq = ANY(${plainArray(seqs)}::bigint[])`;
  const rows = await reader.$queryRaw<ViewRow[]>`
    SELECT ${viewColumns(viewerId)} FROM messages AS m WHERE ${within}
    UNION ALL SELECT ${viewColumns(viewerId, ARCHIVED)} FROM archive.messages AS m WHERE ${within}`;
  return rows.map(toView);
};

/** The message at a place, or null; without reactors and pictures. */
export const messageAt = async (reader: Reader, chatId: string, seq: number): Promise<MessageState | null> => {
  const rows = await reader.$queryRaw<MessageRow[]>`
    SELECT ${COLUMNS} FROM messages AS m WHERE m.chat_id = ${chatId}::uuid AND m.seq = ${seq}`;
  return rows[0] ? toMessage(rows[0]) : null;
};

/** Somebody's message with this client id in a chat, live or archived, or null; without reactors and pictures. */
export const messageOf = async (
  reader: Reader,
  { chatId, senderId, clientId }: { chatId: string; senderId: string; clientId: string },
): Promise<MessageState | null> => {
  const own = Prisma.sql`m.sender_id = ${senderId}::uuid AND m.client_id = ${clientId}::uuid AND m.chat_id = ${chatId}::uuid`;
  const rows = await reader.$queryRaw<MessageRow[]>`
    SELECT ${COLUMNS} FROM messages AS m WHERE ${own}
    UNION ALL SELECT ${COLUMNS} FROM archive.messages AS m WHERE ${own}`;
  return rows[0] ? toMessage(rows[0]) : null;
};

/** The messages at these places, locked until the transaction ends; in one order, so that two callers do not block each other. */
export const lockMessages = async (tx: Reader, places: { chatId: string; seq: number }[]): Promise<MessageState[]> => {
  const rows = await tx.$queryRaw<MessageRow[]>`
    SELECT ${COLUMNS}
    FROM messages AS m
    JOIN unnest(
      ${plainArray(places.map((place) => place.chatId))}::uuid[],
      ${plainArray(places.map((place) => place.seq))}::bigint[]
    ) AS place (chat_id, seq) ON m.chat_id = place.chat_id AND m.seq = place.seq
    ORDER BY m.chat_id, m.seq
    FOR UPDATE OF m`;
  return rows.map((row) => toMessage(row));
};
