SET LOCAL lock_timeout = '5s';

-- A provider may say days after a refund settled that it failed, as for a card that is gone: what had settled fails then, and
-- is owed again. Nothing else is undone.
CREATE OR REPLACE FUNCTION public.sum_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before bigint := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.payment_id, NEW.currency) IS DISTINCT FROM (OLD.payment_id, OLD.currency)
      OR (OLD.status = 'SETTLED' AND NEW.status NOT IN ('SETTLED', 'FAILED'))
      OR (OLD.status = 'FAILED' AND OLD.settled_at IS NOT NULL AND NEW.status <> 'FAILED')
    THEN
      RAISE EXCEPTION 'refund % is settled, or would move to another payment', OLD.id
        USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_only_forward', TABLE = 'refunds';
    END IF;
    before := CASE OLD.status WHEN 'FAILED' THEN 0 ELSE OLD.amount END;
  END IF;
  UPDATE payments SET refunded_amount = refunded_amount + CASE NEW.status WHEN 'FAILED' THEN 0 ELSE NEW.amount END - before
    WHERE id = NEW.payment_id AND currency = NEW.currency;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'payment % is not in %', NEW.payment_id, NEW.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'refunds_payment_currency', TABLE = 'refunds';
  END IF;
  RETURN NULL;
END $$;
