import type pg from 'pg';
import type { Kind } from './batches.ts';
import { VOCABULARY } from './dice.ts';

/** Chats are filled one after the other, so a message's number gives its chat and its place there. */
const MESSAGES_PER_CHAT = 1_000;
/** Their logs start anew under an epoch of their own. */
const EPOCH = 'bulk';

/** A chat with a thousand messages goes on to live; what its people add stands behind the loaded ones. */
const COUNT = `
  SELECT coalesce(sum(filled.rows), 0)::integer AS rows
  FROM (SELECT id FROM chats WHERE title > 'Talk 0' AND title < 'Talk 9a') AS chat
  CROSS JOIN LATERAL (SELECT count(*) AS rows FROM messages WHERE chat_id = chat.id AND seq <= ${MESSAGES_PER_CHAT}) AS filled`;

const CHATS = `
  INSERT INTO chats (id, kind, title, created_by, created_at)
  SELECT pg_temp.chat(c), 'GROUP', 'Talk ' || lpad(c::text, 8, '0'), pg_temp.person(pg_temp.pick($3::integer, pg_temp.share(c * 64, 'member'), 1.5)),
    $4::timestamptz - (3 + pg_temp.share(c, 'opened') * 400) * interval '1 day'
  FROM generate_series($1::bigint, $2::bigint) AS c
  ON CONFLICT DO NOTHING`;

/** 3 to 60 people a chat; some people are in many chats. */
const MEMBERS = `
  INSERT INTO chat_participants (chat_id, user_id, role, joined_at)
  SELECT DISTINCT ON (chat.id, member) chat.id, member, (CASE k WHEN 0 THEN 'OWNER' ELSE 'MEMBER' END)::chat_role, chat.created_at
  FROM generate_series($1::bigint, $2::bigint) AS c
  JOIN chats AS chat ON chat.id = pg_temp.chat(c)
  CROSS JOIN LATERAL generate_series(0, 2 + (pg_temp.share(c, 'size') ^ 2 * 57)::integer) AS k
  CROSS JOIN LATERAL (SELECT pg_temp.person(pg_temp.pick($3::integer, pg_temp.share(c * 64 + k, 'member'), 1.5)) AS member) AS chosen
  ORDER BY chat.id, member, k
  ON CONFLICT DO NOTHING`;

const MESSAGES = `
  WITH casts AS MATERIALIZED (
    SELECT c, chat.id, chat.created_at, array_agg(user_id ORDER BY user_id) AS members
    FROM generate_series(($1::bigint - 1) / ${MESSAGES_PER_CHAT} + 1, ($2::bigint - 1) / ${MESSAGES_PER_CHAT} + 1) AS c
    JOIN chats AS chat ON chat.id = pg_temp.chat(c)
    JOIN chat_participants AS p ON p.chat_id = chat.id
    GROUP BY c, chat.id
  )
  INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, deleted_at, applied_seq)
  SELECT casts.id, seq, pg_temp.made_id(sent_at, n, 'message'), members[pg_temp.pick(cardinality(members), pg_temp.share(n, 'sender'), 1.5)],
    pg_temp.made_id(sent_at, n, 'client'), seq, CASE WHEN is_deleted THEN '' ELSE pg_temp.sentence($3::jsonb, n, 'message', 2 + (n % 14)::integer) END,
    sent_at, CASE WHEN is_deleted THEN sent_at END, seq
  FROM generate_series($1::bigint, $2::bigint) AS n
  CROSS JOIN LATERAL (SELECT (n - 1) / ${MESSAGES_PER_CHAT} + 1 AS chat_number, (n - 1) % ${MESSAGES_PER_CHAT} + 1 AS seq) AS numbered
  JOIN casts ON casts.c = chat_number
  CROSS JOIN LATERAL (SELECT casts.created_at + seq * interval '3 minutes' AS sent_at, pg_temp.share(n, 'deleted') < 0.01 AS is_deleted) AS derived
  ON CONFLICT DO NOTHING`;

const SEQUENCES = `
  INSERT INTO chat_message_sequences AS kept (chat_id, epoch, last_seq, last_ordinal, last_message_at)
  SELECT chat_id, '${EPOCH}', max(seq), max(ordinal), max(sent_at)
  FROM messages
  WHERE chat_id = ANY (SELECT pg_temp.chat(c) FROM generate_series($1::bigint, $2::bigint) AS c)
  GROUP BY chat_id
  ON CONFLICT (chat_id) DO UPDATE SET last_seq = greatest(kept.last_seq, excluded.last_seq),
    last_ordinal = greatest(kept.last_ordinal, excluded.last_ordinal), last_message_at = excluded.last_message_at`;

/** Talk in groups of those people, stored as the persister would have left it. */
export const messagesBy = ({ people, now }: { people: number; now: Date }): Kind => ({
  what: 'messages',
  batchSize: 10_000,
  count: async (client) => (await client.query(COUNT)).rows[0].rows,
  insert: async (client: pg.Client, { first, last }) => {
    const chats = [first, last].map((n) => Math.floor((n - 1) / MESSAGES_PER_CHAT) + 1);
    await client.query(CHATS, [...chats, people, now]);
    await client.query(MEMBERS, [...chats, people]);
    await client.query(MESSAGES, [first, last, VOCABULARY]);
    await client.query(SEQUENCES, chats);
  },
});
