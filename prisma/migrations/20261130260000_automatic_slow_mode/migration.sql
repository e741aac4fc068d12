SET LOCAL lock_timeout = '5s';

-- Since when the chat of the event is slowed because too much was said; NULL while it is not.
ALTER TABLE "live_sessions" ADD COLUMN "slowed_at" TIMESTAMPTZ(3);

-- The few whose chat is slowed are looked at until it is calm again, also when the stage has ended.
CREATE INDEX "live_sessions_slowed" ON "live_sessions" ("event_id") WHERE "slowed_at" IS NOT NULL;
