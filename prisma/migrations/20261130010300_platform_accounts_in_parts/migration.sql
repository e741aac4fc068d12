SET LOCAL lock_timeout = '5s';

-- An account of the platform that every capture touches is kept in 16 parts, each a row of its own with versions and balances
-- of its own; its balance is their sum. What was posted so far is part 0.
ALTER TABLE "ledger_accounts" ADD COLUMN "part" SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE "ledger_accounts" ADD CONSTRAINT "ledger_accounts_part_check" CHECK (
  part BETWEEN 0 AND 15 AND (part = 0 OR (owner_id IS NULL AND allow_negative))) NOT VALID;
ALTER TABLE "ledger_accounts" VALIDATE CONSTRAINT "ledger_accounts_part_check";
DROP INDEX "ledger_accounts_platform_key";
CREATE UNIQUE INDEX "ledger_accounts_platform_key" ON "ledger_accounts" ("kind", "currency", "part") WHERE owner_id IS NULL;

-- As before, and a part stays what it is.
CREATE OR REPLACE FUNCTION public.guard_ledger_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.posted = 0 AND NEW.pending_debit = 0 AND NEW.pending_credit = 0 AND NEW.version = 0 THEN RETURN NEW; END IF;
  ELSIF (NEW.id, NEW.kind, NEW.currency, NEW.normal_side, NEW.part)
      IS NOT DISTINCT FROM (OLD.id, OLD.kind, OLD.currency, OLD.normal_side, OLD.part)
    AND NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id
    AND (pg_trigger_depth() > 1 OR (NEW.posted, NEW.pending_debit, NEW.version) IS NOT DISTINCT FROM (OLD.posted, OLD.pending_debit, OLD.version))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a ledger account changes through its entries only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_accounts_guard', TABLE = 'ledger_accounts';
END $$;

-- The part in which this transaction posts to the platform's accounts of a currency: one that no other transaction posts in
-- now, if there is one. Asked again it is the same one. Nobody waits here: where all are taken, the account's row decides.
CREATE FUNCTION public.ledger_part(currency text) RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  setting text := 'ledger_part.' || lower(currency);
  taken text := current_setting(setting, true);
  first int := (hashint8(pg_current_xact_id()::text::bigint) & 15);
  part int;
BEGIN
  IF coalesce(taken, '') <> '' THEN RETURN taken::smallint; END IF;
  FOR step IN 0..15 LOOP
    part := (first + step) & 15;
    EXIT WHEN pg_try_advisory_xact_lock(hashtext('ledger part of ' || currency), part);
    IF step = 15 THEN part := first; END IF;
  END LOOP;
  PERFORM set_config(setting, part::text, true);
  RETURN part;
END $$;
