SET LOCAL lock_timeout = '5s';

-- Where a payer goes once they have decided: back to where paying began.
ALTER TABLE "payments" ADD COLUMN "return_url" TEXT;
