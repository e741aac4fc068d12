SET LOCAL lock_timeout = '5s';

-- Facts are looked at again half a minute after they were recorded. What was relayed before is done with.
ALTER TABLE "outbox_events" ADD COLUMN "due_at" TIMESTAMPTZ(3);
ALTER TABLE "outbox_events" ALTER COLUMN "due_at" SET DEFAULT (now() + '00:00:30'::interval);
UPDATE "outbox_events" SET due_at = now() + interval '30 seconds' WHERE relayed_at IS NULL;
CREATE INDEX "outbox_events_due_idx" ON "outbox_events"("due_at") WHERE (due_at IS NOT NULL);

CREATE TABLE "fact_subscribers" (
    "name" TEXT NOT NULL,
    "fact" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fact_subscribers_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "fact_deliveries" (
    "fact_id" UUID NOT NULL,
    "subscriber" TEXT NOT NULL,
    "is_put_aside" BOOLEAN NOT NULL DEFAULT false,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "fact_deliveries_pkey" PRIMARY KEY ("fact_id","subscriber")
);
