SET LOCAL lock_timeout = '5s';

-- Credit that is on its way back to where it came from is set aside until its refund settles or fails: by no clock.
ALTER TABLE "wallet_holds" ADD COLUMN "refund_id" UUID;
ALTER TABLE "wallet_holds" ALTER COLUMN "expires_at" DROP NOT NULL;
CREATE UNIQUE INDEX "wallet_holds_refund_id_key" ON "wallet_holds" ("refund_id");
ALTER TABLE "wallet_holds" ADD CONSTRAINT "wallet_holds_refund_id_fkey"
  FOREIGN KEY ("refund_id") REFERENCES "refunds" ("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "wallet_holds" VALIDATE CONSTRAINT "wallet_holds_refund_id_fkey";
ALTER TABLE "wallet_holds" ADD CONSTRAINT "wallet_holds_ending_check"
  CHECK ((refund_id IS NULL) = (expires_at IS NOT NULL)) NOT VALID;
ALTER TABLE "wallet_holds" VALIDATE CONSTRAINT "wallet_holds_ending_check";
