SET LOCAL lock_timeout = '5s';

-- What is on in a city, the soonest first, however its name is written: in any case, with or without accents.
CREATE INDEX "events_city_plain_idx" ON "events" (immutable_unaccent(lower(city)), start_date, id)
  WHERE (status = 'PUBLISHED') AND (visibility = 'PUBLIC') AND (deleted_at IS NULL);
