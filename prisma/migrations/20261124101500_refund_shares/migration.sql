SET LOCAL lock_timeout = '5s';

-- What of a refund the platform and the tax office give back; the rest is the host's. Fixed when the refund is asked for.
ALTER TABLE "refunds" ADD COLUMN "commission_amount" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "refunds" ADD COLUMN "tax_amount" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_shares_check"
  CHECK (commission_amount >= 0 AND tax_amount >= 0 AND commission_amount + tax_amount <= amount) NOT VALID;
ALTER TABLE "refunds" VALIDATE CONSTRAINT "refunds_shares_check";
