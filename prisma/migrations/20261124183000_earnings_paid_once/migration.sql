SET LOCAL lock_timeout = '5s';

-- What is paid out is a journal that moved a host's available earnings: a release, or what a refund or a dispute took back
-- after it. One booking has several of them, and each is paid once.
ALTER TABLE "payout_items" ALTER COLUMN "booking_id" DROP NOT NULL;
ALTER TABLE "payout_items" ALTER COLUMN "journal_id" SET NOT NULL;
DROP INDEX "payout_items_one_live_key";
CREATE UNIQUE INDEX "payout_items_one_live_key" ON "payout_items" ("journal_id") WHERE state <> 'FREED';

-- Which payments wait for their event, without looking at those that were released long ago.
ALTER TABLE "payments" ADD COLUMN "released_at" TIMESTAMPTZ(3);
CREATE INDEX "payments_unreleased_idx" ON "payments" ("event_id") WHERE released_at IS NULL AND captured_amount > 0;
