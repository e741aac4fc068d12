import type { RoomSeed } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Ids of the latest messages are remembered for as long as the log itself remembers them, and a few beyond. */
const RECENT_MS = 20 * 60_000;
const RECENT_AT_LEAST = 200;
const RECENT_AT_MOST = 1_000;

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
  const since = new Date(now.getTime() - RECENT_MS);
  const rows = await reader.$queryRaw<{ id: string; seq: bigint }[]>`
    SELECT sender_id || ':' || client_id AS id, seq
    FROM (
      SELECT sender_id, client_id, seq, sent_at, row_number() OVER (ORDER BY seq DESC) AS nth
      FROM messages WHERE chat_id = ${chatId}::uuid ORDER BY seq DESC LIMIT ${RECENT_AT_MOST}
    ) AS latest
    WHERE nth <= ${RECENT_AT_LEAST} OR sent_at > ${since}`;
  return { ...end, recent: rows.map(({ id, seq }) => ({ id, seq: Number(seq) })) };
};
