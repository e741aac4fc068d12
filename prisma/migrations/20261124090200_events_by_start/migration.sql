SET LOCAL lock_timeout = '5s';

-- Whose start has come is asked twice a minute.
CREATE INDEX "events_starting_idx" ON "events" ("start_date") WHERE status = 'PUBLISHED';
