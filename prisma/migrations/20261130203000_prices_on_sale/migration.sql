SET LOCAL lock_timeout = '5s';

-- The price that lists show is the lowest that can be bought now. Whether any can, the highest that can, and when a window
-- of sale opens or closes next and all of it is found anew.
ALTER TABLE "events"
  ADD COLUMN "highest_price" BIGINT,
  ADD COLUMN "is_on_sale" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "price_until" TIMESTAMPTZ(3);

CREATE INDEX "events_price_until_idx" ON "events" ("price_until") WHERE price_until IS NOT NULL;

-- Every event that is not over is looked at once.
UPDATE "events" SET "price_until" = now() WHERE "end_date" > now() AND "deleted_at" IS NULL;
