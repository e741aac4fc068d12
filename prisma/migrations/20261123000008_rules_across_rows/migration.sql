SET LOCAL lock_timeout = '5s';

-- Rules that need another row. Where an index or a check can hold a rule, a trigger only copies what it needs.

-- Whether a person may hold a ticket type once is the type's word, not the caller's; an index on the copy refuses the second.
CREATE FUNCTION public.copy_ticket_type_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  type_event uuid;
BEGIN
  SELECT one_active_per_user, event_id INTO NEW.exclusive, type_event FROM ticket_types WHERE id = NEW.ticket_type_id;
  IF type_event <> NEW.event_id THEN
    RAISE EXCEPTION 'ticket type % is of another event', NEW.ticket_type_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'inventory_holds_event', TABLE = 'inventory_holds';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "inventory_holds_event" BEFORE INSERT OR UPDATE OF ticket_type_id, event_id, exclusive ON "inventory_holds"
  FOR EACH ROW EXECUTE FUNCTION copy_ticket_type_rules();

CREATE FUNCTION public.copy_promo_limit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.max_uses := (SELECT max_per_user FROM promo_codes WHERE id = NEW.promo_code_id);
  RETURN NEW;
END $$;
CREATE TRIGGER "promo_user_counters_limit" BEFORE INSERT OR UPDATE OF max_uses ON "promo_user_counters"
  FOR EACH ROW EXECUTE FUNCTION copy_promo_limit();

CREATE FUNCTION public.copy_point_cap() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.cap := (SELECT daily_cap FROM point_rules WHERE id = NEW.rule_id);
  RETURN NEW;
END $$;
CREATE TRIGGER "point_counters_limit" BEFORE INSERT OR UPDATE OF cap ON "point_counters"
  FOR EACH ROW EXECUTE FUNCTION copy_point_cap();

CREATE FUNCTION public.copy_list_reentry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.allow_reentry := (SELECT allow_reentry FROM check_in_lists WHERE id = NEW.list_id);
  RETURN NEW;
END $$;
CREATE TRIGGER "admission_states_reentry" BEFORE INSERT OR UPDATE OF allow_reentry ON "admission_states"
  FOR EACH ROW EXECUTE FUNCTION copy_list_reentry();

-- What a provider has done is not undone by a message that arrives late. FAILED may still rise, because providers allow a
-- retry; money that comes after CANCELLED is an anomaly, which must be written down to be paid back.
CREATE FUNCTION public.payment_rank(status payment_status) RETURNS integer
  LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$
    SELECT CASE status
      WHEN 'PENDING' THEN 0 WHEN 'FAILED' THEN 0 WHEN 'REQUIRES_ACTION' THEN 1 WHEN 'PROCESSING' THEN 2
      WHEN 'AUTHORIZED' THEN 3 WHEN 'CANCELLED' THEN 3 WHEN 'QUARANTINED' THEN 3 ELSE 4 END
  $$;
CREATE FUNCTION public.keep_payment_forward() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_side_step boolean := NEW.status IN ('FAILED', 'CANCELLED', 'QUARANTINED') AND payment_rank(OLD.status) < 4;
BEGIN
  IF (payment_rank(NEW.status) < payment_rank(OLD.status) AND NOT is_side_step)
    OR (OLD.status = 'CANCELLED' AND NEW.status NOT IN ('CANCELLED', 'COMPLETED', 'QUARANTINED'))
    OR NEW.captured_amount < OLD.captured_amount
    OR (NEW.amount, NEW.currency, NEW.user_id) IS DISTINCT FROM (OLD.amount, OLD.currency, OLD.user_id)
    OR (NEW.refunded_amount <> OLD.refunded_amount AND pg_trigger_depth() < 2)
  THEN
    RAISE EXCEPTION 'payment % cannot go from % to %, nor change what it was for', OLD.id, OLD.status, NEW.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payments_only_forward', TABLE = 'payments';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payments_only_forward" BEFORE UPDATE ON "payments"
  FOR EACH ROW EXECUTE FUNCTION keep_payment_forward();

-- COMPLETED means that money was taken: all of it, unless the writer says how much.
CREATE FUNCTION public.fill_captured_amount() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.captured_amount := NEW.amount;
  RETURN NEW;
END $$;
CREATE TRIGGER "payments_captured" BEFORE INSERT OR UPDATE ON "payments"
  FOR EACH ROW WHEN (NEW.status = 'COMPLETED' AND NEW.captured_amount = 0) EXECUTE FUNCTION fill_captured_amount();

-- Refunds that have not failed add up on the payment, whose check refuses more than was captured.
CREATE FUNCTION public.sum_refunds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before bigint := 0;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF (NEW.payment_id, NEW.currency) IS DISTINCT FROM (OLD.payment_id, OLD.currency) OR (OLD.status = 'SETTLED' AND NEW.status <> 'SETTLED') THEN
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
CREATE TRIGGER "refunds_sum" AFTER INSERT OR UPDATE ON "refunds" FOR EACH ROW EXECUTE FUNCTION sum_refunds();

-- Once its items are frozen, a payout is their sum, in their currency. Looked at when the transaction commits.
CREATE FUNCTION public.refuse_unequal_payout() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  payout payouts%ROWTYPE;
  item_sum bigint;
  is_mixed boolean;
BEGIN
  SELECT * INTO payout FROM payouts
    WHERE id = CASE TG_TABLE_NAME WHEN 'payouts' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'payout_id')::uuid END;
  IF payout.status IN ('DRAFT', 'FAILED', 'RETURNED') THEN RETURN NULL; END IF;
  SELECT coalesce(sum(amount), 0), coalesce(bool_or(currency <> payout.currency), false) INTO item_sum, is_mixed
    FROM payout_items WHERE payout_id = payout.id AND state <> 'FREED';
  IF item_sum <> payout.amount OR is_mixed THEN
    RAISE EXCEPTION 'payout % is % %, its items are %', payout.id, payout.amount, payout.currency, item_sum
      USING ERRCODE = 'check_violation', CONSTRAINT = 'payouts_sum', TABLE = 'payouts';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "payouts_sum" AFTER INSERT OR UPDATE ON "payouts"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unequal_payout();
CREATE CONSTRAINT TRIGGER "payout_items_sum" AFTER INSERT OR UPDATE ON "payout_items"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unequal_payout();

-- Only the person an action was taken against may appeal, and nobody who acted in the case may decide.
CREATE FUNCTION public.guard_appeal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decided moderation_actions%ROWTYPE;
BEGIN
  SELECT * INTO decided FROM moderation_actions WHERE id = NEW.action_id;
  NEW.actor_id := decided.actor_id;
  IF decided.target_user_id IS DISTINCT FROM NEW.appellant_id THEN
    RAISE EXCEPTION 'action % was not taken against this person', NEW.action_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeals_appellant', TABLE = 'appeals';
  END IF;
  -- The actor of this very action is refused by appeals_reviewer_check.
  IF NEW.reviewer_id IS DISTINCT FROM decided.actor_id
    AND EXISTS (SELECT FROM moderation_actions WHERE case_id = decided.case_id AND actor_id = NEW.reviewer_id) THEN
    RAISE EXCEPTION 'the reviewer acted in this case'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'appeals_reviewer_uninvolved', TABLE = 'appeals';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "appeals_guard" BEFORE INSERT OR UPDATE OF action_id, appellant_id, reviewer_id, actor_id ON "appeals"
  FOR EACH ROW EXECUTE FUNCTION guard_appeal();
