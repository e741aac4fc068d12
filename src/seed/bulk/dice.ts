import type pg from 'pg';
import { words } from './vocabulary.ts';

/**
 * Chance that falls the same way every time: functions of a row's number, in the session's own schema, so that a row is the
 * same whichever run makes it and whoever refers to it can work out its id.
 */
const FUNCTIONS = `
  CREATE FUNCTION pg_temp.share(n bigint, salt text) RETURNS double precision LANGUAGE sql IMMUTABLE
    AS $$ SELECT (hashtextextended(salt, n) & 4503599627370495)::double precision / 4503599627370496 $$;

  -- A number from 1 to size; the higher the skew, the more often a low one. With 1 all are alike.
  CREATE FUNCTION pg_temp.pick(size integer, share double precision, skew double precision) RETURNS integer
    LANGUAGE sql IMMUTABLE AS $$ SELECT 1 + floor(size * power(share, skew))::integer $$;

  CREATE FUNCTION pg_temp.made_id(moment timestamptz, n bigint, salt text) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT (left(uuid_v7_floor(moment)::text, 14) || '7' || substr(digest, 1, 3) || '-8' || substr(digest, 4, 3) ||
        '-' || substr(digest, 7, 12))::uuid
      FROM (SELECT md5(salt || n) AS digest) AS hashed $$;

  CREATE FUNCTION pg_temp.person(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT pg_temp.made_id('2025-01-01Z'::timestamptz + n * interval '1 second', n, 'person') $$;

  CREATE FUNCTION pg_temp.chat(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT pg_temp.made_id('2025-02-01Z'::timestamptz + n * interval '1 second', n, 'chat') $$;

  CREATE FUNCTION pg_temp.post(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
    AS $$ SELECT pg_temp.made_id('2025-06-01Z'::timestamptz + n * interval '1 second', n, 'post') $$;

  -- Words as people use them: few very often, many hardly ever.
  CREATE FUNCTION pg_temp.sentence(vocabulary jsonb, n bigint, salt text, amount integer) RETURNS text
    LANGUAGE sql IMMUTABLE AS $$
      SELECT string_agg(
        vocabulary ->> (pg_temp.pick(jsonb_array_length(vocabulary), pg_temp.share(n * 128 + i, salt), 2.2) - 1), ' ' ORDER BY i)
      FROM generate_series(1, amount) AS i $$;
`;

/** Gives the session the functions that make rows of numbers. */
export const bringDice = async (client: pg.Client): Promise<void> => {
  await client.query(FUNCTIONS);
};

/** The vocabulary as a parameter, most frequent first. A JSON array finds its nth element nine times as fast as an SQL one. */
export const VOCABULARY = JSON.stringify(words());
