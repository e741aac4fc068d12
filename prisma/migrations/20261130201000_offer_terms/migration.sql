SET LOCAL lock_timeout = '5s';

-- An offer of the waitlist keeps the price it was made with. Null in offers from before: they have the price of the day.
ALTER TABLE "waitlist_offers"
  ADD COLUMN "unit_price" BIGINT,
  ADD COLUMN "currency" TEXT NOT NULL DEFAULT 'BDT';

UPDATE "waitlist_offers" AS o SET "currency" = e."currency" FROM "events" AS e WHERE e."id" = o."event_id";
