SET LOCAL lock_timeout = '5s';

-- A series whose events lie further apart than twelve weeks is looked at again when the next of them is due. Null until
-- its events are made the next time.
ALTER TABLE "event_series" ADD COLUMN "extend_at" TIMESTAMPTZ(3);

CREATE INDEX "event_series_extend_at_idx" ON "event_series" ("extend_at");
