import type { Transaction } from '../../../platform/db/client.ts';
import { plainArray, textArray } from './array-literal.rules.ts';

export interface MessageKey {
  chatId: string;
  seq: number;
}

export interface ReactionRow extends MessageKey {
  emoji: string;
  userId: string;
  reactedAtMs: number;
}

export const insertReactions = async (tx: Transaction, rows: ReactionRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO message_reactions (chat_id, seq, emoji, user_id, created_at)
    SELECT chat_id, seq, emoji, user_id, to_timestamp(reacted_at_ms / 1000)
    FROM unnest(
      ${plainArray(rows.map((row) => row.chatId))}::uuid[],
      ${plainArray(rows.map((row) => row.seq))}::bigint[],
      ${textArray(rows.map((row) => row.emoji))}::text[],
      ${plainArray(rows.map((row) => row.userId))}::uuid[],
      ${plainArray(rows.map((row) => row.reactedAtMs))}::float8[]
    ) AS reacted (chat_id, seq, emoji, user_id, reacted_at_ms)
    -- Taken back and given again within one batch: what counts is when it was given last.
    ON CONFLICT (chat_id, seq, emoji, user_id) DO UPDATE
    SET created_at = GREATEST(message_reactions.created_at, EXCLUDED.created_at)`;
};

export const deleteReactions = async (tx: Transaction, rows: ReactionRow[]): Promise<void> => {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM message_reactions AS stored
    USING unnest(
      ${plainArray(rows.map((row) => row.chatId))}::uuid[],
      ${plainArray(rows.map((row) => row.seq))}::bigint[],
      ${textArray(rows.map((row) => row.emoji))}::text[],
      ${plainArray(rows.map((row) => row.userId))}::uuid[]
    ) AS taken_back (chat_id, seq, emoji, user_id)
    WHERE stored.chat_id = taken_back.chat_id AND stored.seq = taken_back.seq
      AND stored.emoji = taken_back.emoji AND stored.user_id = taken_back.user_id`;
};

/** Forgets every reaction on deleted messages. */
export const deleteReactionsOn = async (tx: Transaction, messages: MessageKey[]): Promise<void> => {
  if (messages.length === 0) return;
  await tx.$executeRaw`
    DELETE FROM message_reactions AS stored
    USING unnest(
      ${plainArray(messages.map((message) => message.chatId))}::uuid[],
      ${plainArray(messages.map((message) => message.seq))}::bigint[]
    ) AS deleted (chat_id, seq)
    WHERE stored.chat_id = deleted.chat_id AND stored.seq = deleted.seq`;
};
