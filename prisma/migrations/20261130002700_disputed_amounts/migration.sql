SET LOCAL lock_timeout = '5s';

-- What of a payment its payer's bank wants back or has taken back: it cannot be sent back a second time.
ALTER TABLE "payments" ADD COLUMN "disputed_amount" BIGINT NOT NULL DEFAULT 0;
UPDATE "payments" AS p SET disputed_amount = d.amount
  FROM (SELECT payment_id, sum(amount) AS amount FROM "disputes"
        WHERE status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST') GROUP BY payment_id) AS d
  WHERE d.payment_id = p.id;
ALTER TABLE "payments" ADD CONSTRAINT "payments_disputed_check" CHECK (disputed_amount >= 0) NOT VALID;
ALTER TABLE "payments" VALIDATE CONSTRAINT "payments_disputed_check";

-- As before, and what is disputed changes from inside its own trigger only.
CREATE OR REPLACE FUNCTION public.keep_payment_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_side_step boolean := NEW.status IN ('FAILED', 'CANCELLED', 'QUARANTINED') AND payment_rank(OLD.status) < 4;
BEGIN
  IF (payment_rank(NEW.status) < payment_rank(OLD.status) AND NOT is_side_step)
    OR (OLD.status = 'CANCELLED' AND NEW.status NOT IN ('CANCELLED', 'COMPLETED', 'QUARANTINED'))
    OR NEW.captured_amount < OLD.captured_amount
    OR (NEW.amount, NEW.currency, NEW.user_id) IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.user_id)
    OR ((NEW.refunded_amount, NEW.disputed_amount) IS DISTINCT FROM (OLD.refunded_amount, OLD.disputed_amount)
      AND pg_trigger_depth() < 2)
  THEN
    RAISE EXCEPTION 'payment % cannot go from % to %, nor change what it was for', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_only_forward', TABLE = 'payments';
  END IF;
  RETURN NEW;
END $$;

-- Disputes that are open or lost add up on the payment. They may exceed what is left of it: a bank does not ask us.
CREATE FUNCTION public.sum_disputes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change bigint := CASE WHEN NEW.status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST') THEN NEW.amount ELSE 0 END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.payment_id, NEW.currency) IS DISTINCT FROM (OLD.payment_id, OLD.currency) THEN
      RAISE EXCEPTION 'dispute % would move to another payment', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'disputes_keep_payment', TABLE = 'disputes';
    END IF;
    change := change - CASE WHEN OLD.status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST') THEN OLD.amount ELSE 0 END;
  END IF;
  IF change <> 0 THEN
    UPDATE payments SET disputed_amount = disputed_amount + change WHERE id = NEW.payment_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "disputes_sum" AFTER INSERT OR UPDATE ON "disputes" FOR EACH ROW EXECUTE FUNCTION sum_disputes();
