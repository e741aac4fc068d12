SET LOCAL lock_timeout = '5s';

-- The instant the rule gave an event of a series: its identity there (RFC 5545, RECURRENCE-ID), whenever it is moved to.
ALTER TABLE "events" ADD COLUMN "occurrence_at" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "events_series_id_occurrence_at_key" ON "events" ("series_id", "occurrence_at");

-- What the next events of the series are made from.
ALTER TABLE "event_series" ADD COLUMN "template" JSONB NOT NULL DEFAULT '{}';
