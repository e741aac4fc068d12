SET LOCAL lock_timeout = '5s';

-- A payment by hand is for a booking, was made when it was written down, and has a name; no other has one. In a migration of
-- its own: a value of an enum cannot be used in the transaction that added it.
ALTER TABLE "payments" ADD CONSTRAINT "payments_by_hand_check" CHECK (
  (provider = 'MANUAL') = (reference IS NOT NULL)
  AND (provider <> 'MANUAL' OR (purpose = 'BOOKING' AND method IN ('CASH', 'BANK_TRANSFER') AND provider_payment_id IS NULL))
) NOT VALID;
ALTER TABLE "payments" VALIDATE CONSTRAINT "payments_by_hand_check";

-- What a host says that they paid back has a name, and no provider.
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_by_hand_check" CHECK (
  CASE WHEN by_hand THEN provider_refund_id IS NULL AND (status <> 'SETTLED' OR reference IS NOT NULL) ELSE reference IS NULL END
) NOT VALID;
ALTER TABLE "refunds" VALIDATE CONSTRAINT "refunds_by_hand_check";
