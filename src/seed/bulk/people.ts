import type pg from 'pg';
import type { Kind } from './batches.ts';
import { VOCABULARY } from './dice.ts';
import { CITIES } from './places.ts';
import { FIRST_NAMES, LAST_NAMES } from './vocabulary.ts';

/** Nobody signs in as them: this is the hash of no password. */
const NO_PASSWORD = '!';

const COUNT = `SELECT count(*)::integer AS rows FROM users WHERE username > 'bulk_0' AND username < 'bulk_9a'`;

const INSERT = `
  WITH made AS (
    INSERT INTO users (id, email, username, password, email_verified, is_verified, created_at)
    SELECT pg_temp.person(n), 'bulk' || n || '@rally.example', 'bulk_' || lpad(n::text, 8, '0'), '${NO_PASSWORD}', true,
      pg_temp.share(n, 'verified') < 0.1, '2025-01-01Z'::timestamptz + n * interval '1 second'
    FROM generate_series($1::bigint, $2::bigint) AS n
    ON CONFLICT DO NOTHING
    RETURNING id, substr(username, 6)::bigint AS n
  )
  INSERT INTO profiles (user_id, first_name, last_name, headline, bio, city, visibility, profile_completion_percentage)
  SELECT id, ($3::text[])[pg_temp.pick(cardinality($3::text[]), pg_temp.share(n, 'first'), 1.5)],
    ($4::text[])[pg_temp.pick(cardinality($4::text[]), pg_temp.share(n, 'last'), 1.5)],
    initcap(pg_temp.sentence($5::jsonb, n, 'headline', 3)),
    pg_temp.sentence($5::jsonb, n, 'bio', 6 + (n % 12)::integer),
    ($6::text[])[pg_temp.pick(cardinality($6::text[]), pg_temp.share(n, 'city'), 2)],
    (CASE WHEN pg_temp.share(n, 'visibility') < 0.9 THEN 'PUBLIC' ELSE 'PRIVATE' END)::profile_visibility, 75
  FROM made`;

/** Accounts that nobody signs in to, with profiles. */
export const people: Kind = {
  what: 'people',
  batchSize: 5_000,
  count: async (client) => (await client.query(COUNT)).rows[0].rows,
  insert: async (client: pg.Client, { first, last }) => {
    const cities = CITIES.map(([name]) => name);
    await client.query(INSERT, [first, last, FIRST_NAMES, LAST_NAMES, VOCABULARY, cities]);
  },
};
