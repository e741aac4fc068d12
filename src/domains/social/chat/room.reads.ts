import type { RoomSeed } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Few: after a Redis restart all rooms are seeded at once, and a message whose id is not among them is looked up. */
const RECENT_AT_MOST = 200;

/** Where the chat's numbering stands in PostgreSQL, or null for no chat. */
const findEnd = async (reader: Reader, chatId: string): Promise<{ seq: number; ordinal: number } | null> => {
  // The messages are asked too, should the watermark's row ever be wrong: a number must not be given twice.
  const rows = await reader.$queryRaw<{ seq: bigint; ordinal: bigint }[]>`
    SELECT greatest(s.last_seq, m.seq, 0) AS seq, greatest(s.last_ordinal, m.ordinal, 0) AS ordinal
    FROM chats AS c
    LEFT JOIN chat_message_sequences AS s ON s.chat_id = c.id
    LEFT JOIN LATERAL (
      SELECT seq, ordinal FROM messages WHERE messages.chat_id = c.id ORDER BY messages.seq DESC LIMIT 1
    ) AS m ON true
    WHERE c.id = ${chatId}::uuid`;
  return rows[0] ? { seq: Number(rows[0].seq), ordinal: Number(rows[0].ordinal) } : null;
};

/** Where the chat's log goes on when it is not in Redis, or null for no chat. */
export const findSeed = async (reader: Reader, chatId: string, now: Date): Promise<RoomSeed | null> => {
  const end = await findEnd(reader, chatId);
  if (!end) return null;
  const rows = await reader.$queryRaw<{ id: string; seq: bigint; ordinal: bigint; sent_at: Date }[]>`
    SELECT sender_id || ':' || client_id AS id, seq, ordinal, sent_at
    FROM messages WHERE chat_id = ${chatId}::uuid ORDER BY seq DESC LIMIT ${RECENT_AT_MOST}`;
  const recent = rows.map(({ id, seq }) => ({ id, seq: Number(seq) }));
  const oldest = rows.at(-1);
  // Ordinals begin at 1 and leave none out, so it is plain whether messages came before.
  const before = oldest ? Number(oldest.ordinal) - 1 : end.ordinal;
  if (before === 0) return { ...end, recent };
  return { ...end, recent, recentSinceMs: (oldest?.sent_at ?? now).getTime() };
};
