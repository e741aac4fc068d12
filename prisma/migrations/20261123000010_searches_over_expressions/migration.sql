SET LOCAL lock_timeout = '5s';

-- Searches over tables that may be large already: an index over an expression needs no new column, which would rewrite
-- the table while nobody may read it. Writers of the table wait while its index is built; readers do not.

-- Words of messages, within chats: a search names the chats its reader is in, and common words stay cheap that way.
CREATE INDEX "messages_search_idx" ON "messages"
  USING gin (chat_id, to_tsvector('public.rally_search', body));

-- People by the words of their profile, and by parts of their name in any case and with or without accents.
CREATE INDEX "profiles_search_idx" ON "profiles" USING gin ((
  setweight(to_tsvector('public.rally_search', first_name || ' ' || last_name), 'A') ||
  setweight(to_tsvector('public.rally_search', coalesce(headline, '') || ' ' || coalesce(city, '')), 'B') ||
  setweight(to_tsvector('public.rally_search', coalesce(bio, '')), 'C')));
CREATE INDEX "profiles_name_trgm_idx" ON "profiles"
  USING gin (immutable_unaccent(lower(first_name || ' ' || last_name)) gin_trgm_ops);

-- Events near a place: `earth_point(latitude, longitude) <@ earth_circle(…)`, or nearest first by `<->`.
CREATE INDEX "events_earth_idx" ON "events" USING gist (earth_point(latitude, longitude))
  WHERE latitude IS NOT NULL AND deleted_at IS NULL;
-- Titles by parts of them, with or without accents.
CREATE INDEX "events_title_plain_trgm_idx" ON "events" USING gin (immutable_unaccent(lower(title)) gin_trgm_ops);
