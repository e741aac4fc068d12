SET LOCAL lock_timeout = '5s';

-- Who was admitted to come and did not, as the team noted it.
ALTER TABLE "event_participants" ADD COLUMN "no_show_at" TIMESTAMPTZ(3);
