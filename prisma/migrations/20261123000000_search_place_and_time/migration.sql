SET LOCAL lock_timeout = '5s';

CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
-- Equality inside GiST (exclusion constraints) and inside GIN (words of one chat).
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS btree_gin WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS cube WITH SCHEMA public;

-- Words without their accents, English ones by their stem. Named in full wherever it is used, so that to_tsvector with
-- it is immutable and may stand in generated columns and indexes.
CREATE TEXT SEARCH CONFIGURATION public.rally_search (COPY = pg_catalog.english);
ALTER TEXT SEARCH CONFIGURATION public.rally_search
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH public.unaccent, pg_catalog.english_stem;

-- The extension's function is only stable, because the dictionary found by the search path could change. This one names it.
CREATE FUNCTION public.immutable_unaccent(value text) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, value) $$;

-- array_to_string is only stable, because of element types that print by settings. Text does not.
CREATE FUNCTION public.immutable_join(words text[]) RETURNS text
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT array_to_string(words, ' ') $$;

-- A place as a point in space, in metres from the centre of the earth: distances and radius searches are right
-- everywhere, at the poles and at the date line too.
CREATE FUNCTION public.earth_point(latitude double precision, longitude double precision) RETURNS public.cube
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT public.cube(ARRAY[
      6371008.8 * cos(radians(latitude)) * cos(radians(longitude)),
      6371008.8 * cos(radians(latitude)) * sin(radians(longitude)),
      6371008.8 * sin(radians(latitude))])
  $$;

-- All places within so many metres along the surface: `earth_point(latitude, longitude) <@ earth_circle(…)`. Its corners
-- reach further, so compare earth_metres too.
CREATE FUNCTION public.earth_circle(latitude double precision, longitude double precision, radius_metres double precision)
  RETURNS public.cube
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT public.cube_enlarge(
      public.earth_point(latitude, longitude),
      2 * 6371008.8 * sin(least(radius_metres / 6371008.8, pi()) / 2),
      3)
  $$;

-- Metres along the surface between two points.
CREATE FUNCTION public.earth_metres(here public.cube, there public.cube) RETURNS double precision
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT 2 * 6371008.8 * asin(least(public.cube_distance(here, there) / (2 * 6371008.8), 1)) $$;

-- The least UUIDv7 of a moment, and the moment of a UUIDv7 (RFC 9562): ids sort by time, so tables can be cut by them.
CREATE FUNCTION public.uuid_v7_floor(moment timestamptz) RETURNS uuid
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

CREATE FUNCTION public.uuid_v7_time(id uuid) RETURNS timestamptz
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) $$;
