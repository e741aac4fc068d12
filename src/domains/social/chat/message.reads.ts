import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray } from './array-literal.ts';
import type { MessageState } from './message-state.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

interface MessageRow {
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

const COLUMNS = Prisma.sql`m.chat_id, m.seq, m.id, m.sender_id, m.client_id, m.ordinal, m.body, m.reply_to_seq,
  m.sent_at, m.edited_at, m.deleted_at, m.applied_seq, m.reactions`;

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

/** The messages at these places, locked until the transaction ends; in one order, so that two callers never block each other. */
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
