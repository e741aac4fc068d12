import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray } from './array-literal.ts';
import type { MessageState } from './message-state.ts';
import type { MessageView } from './overlay.ts';

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
}

export interface ViewRow extends MessageRow {
  reactors: string[];
}

const COLUMNS = Prisma.sql`m.chat_id, m.seq, m.id, m.sender_id, m.client_id, m.ordinal, m.body, m.reply_to_seq,
  m.sent_at, m.edited_at, m.deleted_at, m.applied_seq, m.reactions`;

/**
 * The message `m` with its reactors in the form of `MessageView`; one statement, so that both are of one moment.
 * @param viewerId whose reactions are wanted; null for everybody's
 */
export const viewColumns = (viewerId: string | null): Prisma.Sql => {
  const whose = viewerId === null ? Prisma.empty : Prisma.sql`AND r.user_id = ${viewerId}::uuid`;
  return Prisma.sql`${COLUMNS}, CASE WHEN m.reactions = '{}' THEN '{}' ELSE ARRAY(
    SELECT r.emoji || ' ' || r.user_id FROM message_reactions AS r
    WHERE r.chat_id = m.chat_id AND r.seq = m.seq ${whose}) END AS reactors`;
};

const toMessage = (row: MessageRow): MessageState => ({
  chatId: row.chat_id,
  id: row.id,
  seq: Number(row.seq),
  ordinal: Number(row.ordinal),
  senderId: row.sender_id,
  clientId: row.client_id,
  body: row.body,
  replyToSeq: row.reply_to_seq === null ? null : Number(row.reply_to_seq),
  sentAtMs: row.sent_at.getTime(),
  editedAtMs: row.edited_at?.getTime() ?? null,
  deletedAtMs: row.deleted_at?.getTime() ?? null,
  reactions: row.reactions,
  appliedSeq: Number(row.applied_seq),
});

export const toView = (row: ViewRow): MessageView => ({ message: toMessage(row), reactors: new Set(row.reactors) });

export interface Range {
  chatId: string;
  viewerId: string;
  after: number;
  before: number;
  /** Which end of the range to read from. */
  from: 'oldest' | 'newest';
  limit: number;
}

/** Stored messages between `after` and `before`, both exclusive. */
export const messagesBetween = async (reader: Reader, range: Range): Promise<MessageView[]> => {
  const { chatId, viewerId, after, before, from, limit } = range;
  const order = from === 'oldest' ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await reader.$queryRaw<ViewRow[]>`
    SELECT ${viewColumns(viewerId)} FROM messages AS m
    WHERE m.chat_id = ${chatId}::uuid AND m.seq > ${after} AND m.seq < ${before}
    ORDER BY m.seq ${order} LIMIT ${limit}`;
  return rows.map(toView);
};

/** The stored messages of these numbers, with the reactions of everybody. */
export const messagesAt = async (reader: Reader, chatId: string, seqs: number[]): Promise<MessageView[]> => {
  const rows = await reader.$queryRaw<ViewRow[]>`
    SELECT ${viewColumns(null)} FROM messages AS m
    WHERE m.chat_id = ${chatId}::uuid AND m.seq = ANY(${plainArray(seqs)}::bigint[])`;
  return rows.map(toView);
};

/** The message at a place, or null; without reactors. */
export const messageAt = async (reader: Reader, chatId: string, seq: number): Promise<MessageState | null> => {
  const rows = await reader.$queryRaw<MessageRow[]>`
    SELECT ${COLUMNS} FROM messages AS m WHERE m.chat_id = ${chatId}::uuid AND m.seq = ${seq}`;
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
  return rows.map(toMessage);
};
