SET LOCAL lock_timeout = '5s';

-- What runs is found as what is to come: the indexes of searches hold both, the one by time with each end in it.
DROP INDEX "events_upcoming_idx";
CREATE INDEX "events_upcoming_idx" ON "events" ("start_date", "id", "end_date")
  WHERE (status = ANY (ARRAY['PUBLISHED'::event_status, 'ONGOING'::event_status])) AND (visibility = 'PUBLIC') AND (deleted_at IS NULL);

DROP INDEX "events_price_idx";
CREATE INDEX "events_price_idx" ON "events" ("price", "id")
  WHERE (status = ANY (ARRAY['PUBLISHED'::event_status, 'ONGOING'::event_status])) AND (visibility = 'PUBLIC') AND (deleted_at IS NULL);

DROP INDEX "events_city_plain_idx";
CREATE INDEX "events_city_plain_idx" ON "events" (immutable_unaccent(lower(city)), start_date, id)
  WHERE (status = ANY (ARRAY['PUBLISHED'::event_status, 'ONGOING'::event_status])) AND (visibility = 'PUBLIC') AND (deleted_at IS NULL);

-- What runs or begins within a span: walking along the starts would pass everything since a year before it.
CREATE INDEX "events_span_idx" ON "events" USING gist (tstzrange(start_date, end_date))
  WHERE (status = ANY (ARRAY['PUBLISHED'::event_status, 'ONGOING'::event_status])) AND (visibility = 'PUBLIC') AND (deleted_at IS NULL);
