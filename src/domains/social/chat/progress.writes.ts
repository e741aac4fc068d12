import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray, textArray } from './array-literal.rules.ts';
import { ordinalUpTo } from './message.reads.ts';

export interface Progress {
  chatId: string;
  epoch: string;
  lastSeq: number;
  /** 0 when no message was among the entries. */
  lastOrdinal: number;
  /** Null when no message was among the entries. */
  lastMessageAtMs: number | null;
}

/** Raises each chat's durable watermark; it never falls. */
export const raiseProgress = async (tx: Transaction, chats: Progress[]): Promise<void> => {
  await tx.$executeRaw`
    INSERT INTO chat_message_sequences AS stored (chat_id, epoch, last_seq, last_ordinal, last_message_at)
    SELECT chat_id, epoch, last_seq, last_ordinal, to_timestamp(last_message_at_ms / 1000)
    FROM unnest(
      ${plainArray(chats.map((chat) => chat.chatId))}::uuid[],
      ${textArray(chats.map((chat) => chat.epoch))}::text[],
      ${plainArray(chats.map((chat) => chat.lastSeq))}::bigint[],
      ${plainArray(chats.map((chat) => chat.lastOrdinal))}::bigint[],
      ${plainArray(chats.map((chat) => chat.lastMessageAtMs))}::float8[]
    ) AS reached (chat_id, epoch, last_seq, last_ordinal, last_message_at_ms)
    ON CONFLICT (chat_id) DO UPDATE SET
      epoch = excluded.epoch,
      last_seq = excluded.last_seq,
      last_ordinal = greatest(stored.last_ordinal, excluded.last_ordinal),
      last_message_at = greatest(stored.last_message_at, excluded.last_message_at)
    WHERE stored.last_seq < excluded.last_seq`;
};

export interface ReadPointer {
  chatId: string;
  userId: string;
  seq: number;
  /** How many messages lie at or before `seq`; null to have it looked up. */
  ordinal: number | null;
}

const ordinalAtPointer = ordinalUpTo(Prisma.sql`moved.chat_id`, Prisma.sql`moved.seq`);

/** Moves read pointers forward, never back. */
export const movePointers = async (tx: Transaction, pointers: ReadPointer[]): Promise<void> => {
  if (pointers.length === 0) return;
  await tx.$executeRaw`
    UPDATE chat_participants AS reader SET
      last_read_seq = moved.seq,
      last_read_ordinal = coalesce(moved.ordinal, ${ordinalAtPointer}, 0),
      is_marked_unread = false
    FROM unnest(
      ${plainArray(pointers.map((pointer) => pointer.chatId))}::uuid[],
      ${plainArray(pointers.map((pointer) => pointer.userId))}::uuid[],
      ${plainArray(pointers.map((pointer) => pointer.seq))}::bigint[],
      ${plainArray(pointers.map((pointer) => pointer.ordinal))}::bigint[]
    ) AS moved (chat_id, user_id, seq, ordinal)
    WHERE reader.chat_id = moved.chat_id AND reader.user_id = moved.user_id AND reader.last_read_seq < moved.seq`;
};
