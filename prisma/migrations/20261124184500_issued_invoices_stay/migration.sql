SET LOCAL lock_timeout = '5s';

-- Who sells, what a credit note gives back, and one invoice for a payment, one credit note for a refund.
ALTER TABLE "invoices" ADD COLUMN "issuer_id" UUID, ADD COLUMN "refund_id" UUID;
CREATE UNIQUE INDEX "invoices_refund_id_key" ON "invoices"("refund_id");
CREATE UNIQUE INDEX "invoices_one_per_payment_key" ON "invoices"("payment_id") WHERE (kind <> 'CREDIT_NOTE');
CREATE INDEX "invoices_issuer_id_created_at_idx" ON "invoices"("issuer_id", "created_at");
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_issuer_id_fkey" FOREIGN KEY ("issuer_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "invoices" VALIDATE CONSTRAINT "invoices_issuer_id_fkey";
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_refund_id_fkey" FOREIGN KEY ("refund_id") REFERENCES "refunds"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "invoices" VALIDATE CONSTRAINT "invoices_refund_id_fkey";

-- What was issued stays as it is: a correction is a credit note. The status goes on, and billing details may be
-- encrypted anew or erased.
CREATE FUNCTION public.keep_issued_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'DRAFT' AND (NEW.status = 'DRAFT' OR
    (to_jsonb(NEW) - 'status' - 'billing_details') IS DISTINCT FROM (to_jsonb(OLD) - 'status' - 'billing_details')) THEN
    RAISE EXCEPTION 'invoice % % is issued: it is corrected by a credit note', OLD.series, OLD.number
      USING ERRCODE = 'check_violation', CONSTRAINT = 'invoices_issued_stay', TABLE = 'invoices';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "invoices_issued_stay" BEFORE UPDATE ON "invoices"
  FOR EACH ROW EXECUTE FUNCTION keep_issued_invoice();
