SET LOCAL lock_timeout = '5s';

-- What a host took by hand, in cash or by a transfer to their own bank: no provider has it.
ALTER TYPE "payment_provider" ADD VALUE 'MANUAL';

ALTER TABLE "payments" ADD COLUMN "reference" TEXT;
ALTER TABLE "refunds" ADD COLUMN "by_hand" BOOLEAN NOT NULL DEFAULT false, ADD COLUMN "reference" TEXT;
