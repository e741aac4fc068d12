SET LOCAL lock_timeout = '5s';

-- Finds events to archive without looking at those that are.
CREATE INDEX "events_unarchived_idx" ON "events" ("end_date") WHERE (archived_at IS NULL);

-- People's lists stay whole: they are short, and read in the order of saving.
DROP TABLE archive.saved_events;

ALTER TABLE "chat_message_sequences" VALIDATE CONSTRAINT "chat_message_sequences_archived_check";

-- The key of a series' occurrences begins with the series.
DROP INDEX IF EXISTS "events_series_id_idx";
