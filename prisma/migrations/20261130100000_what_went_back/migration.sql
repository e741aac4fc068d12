SET LOCAL lock_timeout = '5s';

-- What a refund is for beside one admission, and what of each line and admission went back with a refund or a lost dispute.
ALTER TABLE "refunds" ADD COLUMN "covers" JSONB, ADD COLUMN "parts" JSONB;
ALTER TABLE "disputes" ADD COLUMN "parts" JSONB,
  ADD COLUMN "commission_amount" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "tax_amount" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "promo_amount" BIGINT NOT NULL DEFAULT 0;

-- As they were booked so far: in proportion, the commission to what is left without the tax.
UPDATE "disputes" AS d SET
  "tax_amount" = p.tax_amount * d.amount / p.captured_amount,
  "commission_amount" = coalesce(p.commission_amount * (d.amount - p.tax_amount * d.amount / p.captured_amount)
    / nullif(p.captured_amount - p.tax_amount, 0), 0),
  "promo_amount" = coalesce((p.commission_snapshot ->> 'platformDiscountMinor')::bigint, 0) * d.amount / p.captured_amount
FROM "payments" AS p WHERE p.id = d.payment_id AND p.captured_amount > 0;

-- A lost dispute has a credit note, as a refund has.
ALTER TABLE "invoices" ADD COLUMN "dispute_id" UUID;
CREATE UNIQUE INDEX "invoices_dispute_id_key" ON "invoices"("dispute_id");
ALTER TABLE "invoices" ADD CONSTRAINT "invoices_dispute_id_fkey" FOREIGN KEY ("dispute_id") REFERENCES "disputes"("id") ON DELETE RESTRICT ON UPDATE CASCADE NOT VALID;
ALTER TABLE "invoices" VALIDATE CONSTRAINT "invoices_dispute_id_fkey";
