SET LOCAL lock_timeout = '5s';

-- The booking fee is the platform's own sale to whoever booked; COMMISSION is what it sells to the host.
ALTER TYPE "invoice_kind" ADD VALUE 'FEE' BEFORE 'COMMISSION';

-- Name, address and tax number of a person or company, for the invoices that they issue and get.
CREATE TABLE "billing_details" (
  "user_id" UUID NOT NULL,
  "details" TEXT NOT NULL,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "billing_details_pkey" PRIMARY KEY ("user_id")
);
ALTER TABLE "billing_details" ADD CONSTRAINT "billing_details_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The seller as of the day of issue. Invoices that were issued before have none.
ALTER TABLE "invoices" ADD COLUMN "seller_details" TEXT;

-- A payment has one invoice of each kind, and what went back of it one credit note for each of them.
CREATE UNIQUE INDEX "invoices_one_per_payment_and_kind_key" ON "invoices"("payment_id", "kind") WHERE (kind <> 'CREDIT_NOTE');
DROP INDEX "invoices_one_per_payment_key";
CREATE UNIQUE INDEX "invoices_refund_id_corrects_id_key" ON "invoices"("refund_id", "corrects_id");
DROP INDEX "invoices_refund_id_key";
CREATE UNIQUE INDEX "invoices_dispute_id_corrects_id_key" ON "invoices"("dispute_id", "corrects_id");
DROP INDEX "invoices_dispute_id_key";

-- As before, and the seller's details may be encrypted anew as well.
CREATE OR REPLACE FUNCTION public.keep_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'DRAFT' AND (NEW.status = 'DRAFT' OR
    (to_jsonb(NEW) - 'status' - 'billing_details' - 'seller_details') IS DISTINCT FROM
    (to_jsonb(OLD) - 'status' - 'billing_details' - 'seller_details')) THEN
    RAISE EXCEPTION 'invoice % % is issued: it is corrected by a credit note', OLD.series, OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_issued_stay', TABLE = 'invoices';
  END IF;
  RETURN NEW;
END $$;
