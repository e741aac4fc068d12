import type { Kind } from './batches.ts';
import { VOCABULARY } from './dice.ts';

/** Ids of loaded posts are made of their numbers; this tells how far they go. */
const COUNT = `
  WITH RECURSIVE step AS (
    SELECT 0::bigint AS low, 134217728::bigint AS size
    UNION ALL
    SELECT CASE WHEN EXISTS (SELECT FROM posts WHERE id = pg_temp.post(low + size)) THEN low + size ELSE low END, size / 2
    FROM step WHERE size > 0
  )
  SELECT low::integer AS rows FROM step WHERE size = 0`;

const INSERT = `
  INSERT INTO posts (id, author_id, visibility, body, tags, created_at, hidden_at, deleted_at)
  SELECT pg_temp.post(n), pg_temp.person(pg_temp.pick($3::integer, pg_temp.share(n, 'author'), 2)),
    (CASE WHEN pg_temp.share(n, 'seen') < 0.8 THEN 'PUBLIC' ELSE 'FOLLOWERS' END)::post_visibility,
    pg_temp.sentence($4::jsonb, n, 'post', 6 + (n % 30)::integer),
    coalesce(string_to_array(pg_temp.sentence($4::jsonb, n, 'post tags', (n % 3)::integer), ' '), '{}'),
    uuid_v7_time(pg_temp.post(n)),
    CASE WHEN pg_temp.share(n, 'hidden') < 0.005 THEN now() END, CASE WHEN pg_temp.share(n, 'deleted') < 0.01 THEN now() END
  FROM generate_series($1::bigint, $2::bigint) AS n
  ON CONFLICT DO NOTHING`;

/** What those people tell everybody, or only their followers. */
export const postsBy = ({ people }: { people: number }): Kind => ({
  what: 'posts',
  batchSize: 5_000,
  count: async (client) => (await client.query(COUNT)).rows[0].rows,
  insert: async (client, { first, last }) => {
    await client.query(INSERT, [first, last, people, VOCABULARY]);
  },
});
