SET LOCAL lock_timeout = '5s';

-- What the host gives back of what the platform paid for its promo code, with a refund. Fixed when the refund settles.
ALTER TABLE "refunds" ADD COLUMN "promo_amount" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_promo_check" CHECK (promo_amount >= 0) NOT VALID;
ALTER TABLE "refunds" VALIDATE CONSTRAINT "refunds_promo_check";

-- A host's code for all of their events and one of the platform may have the same text: at the host's events theirs counts.
CREATE UNIQUE INDEX "promo_codes_wide_code_key" ON "promo_codes"("code", "funding") WHERE (event_id IS NULL);
DROP INDEX "promo_codes_platform_code_key";

-- The platform's codes are for every event, and leave something to pay.
ALTER TABLE "promo_codes" ADD CONSTRAINT "promo_codes_funding_check"
  CHECK (funding = 'HOST' OR (event_id IS NULL AND kind <> 'FREE_TICKET')) NOT VALID;
ALTER TABLE "promo_codes" VALIDATE CONSTRAINT "promo_codes_funding_check";
