SET LOCAL lock_timeout = '5s';

-- The ledger guards itself: no program can post half a journal, change what was posted, or make a balance up.

-- A journal belongs to the database transaction that writes its header.
CREATE FUNCTION public.mark_journal_writer() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.written_by := pg_current_xact_id()::text::bigint;
  RETURN NEW;
END $$;
CREATE TRIGGER "transactions_writer" BEFORE INSERT ON "transactions"
  FOR EACH ROW EXECUTE FUNCTION mark_journal_writer();

-- Moves the account and notes what it was moved to. The account's row is locked from here to the end of the transaction,
-- so versions have no gaps; who posts to several accounts does it in the order of their ids.
CREATE FUNCTION public.post_ledger_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_current_xact_id()::text::bigint IS DISTINCT FROM (SELECT written_by FROM transactions WHERE id = NEW.journal_id) THEN
    RAISE EXCEPTION 'journal % is closed: entries are written with their header', NEW.journal_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_open_journal', TABLE = 'ledger_entries';
  END IF;
  UPDATE ledger_accounts SET posted = posted + NEW.amount, version = version + 1
    WHERE id = NEW.account_id AND currency = NEW.currency
    RETURNING posted, version INTO NEW.balance_after, NEW.account_version;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'account % does not exist in %', NEW.account_id, NEW.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entries_account_currency', TABLE = 'ledger_entries';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "ledger_entries_post" BEFORE INSERT ON "ledger_entries"
  FOR EACH ROW EXECUTE FUNCTION post_ledger_entry();
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_amount_check" CHECK (amount <> 0);

-- Looked at when the transaction commits: by then a journal has two entries or more, and sums to zero per currency.
CREATE FUNCTION public.refuse_unbalanced_journal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  journal uuid := CASE TG_TABLE_NAME WHEN 'transactions' THEN NEW.id ELSE (to_jsonb(NEW) ->> 'journal_id')::uuid END;
  unbalanced text;
BEGIN
  IF (SELECT count(*) FROM ledger_entries WHERE journal_id = journal) < 2 THEN
    RAISE EXCEPTION 'journal % has fewer than two entries', journal
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transactions_balanced', TABLE = 'transactions';
  END IF;
  SELECT format('%s %s', sum(amount), currency) INTO unbalanced
    FROM ledger_entries WHERE journal_id = journal GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'journal % does not balance: its entries sum to %', journal, unbalanced
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transactions_balanced', TABLE = 'transactions';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER "transactions_balanced" AFTER INSERT ON "transactions"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_journal();
CREATE CONSTRAINT TRIGGER "ledger_entries_balanced" AFTER INSERT ON "ledger_entries"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_unbalanced_journal();

-- Balance, version and what is set aside change through entries and holds only, that is, from inside their triggers.
CREATE FUNCTION public.guard_ledger_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.posted = 0 AND NEW.pending_debit = 0 AND NEW.pending_credit = 0 AND NEW.version = 0 THEN RETURN NEW; END IF;
  ELSIF (NEW.id, NEW.kind, NEW.currency, NEW.normal_side) IS NOT DISTINCT FROM (OLD.id, OLD.kind, OLD.currency, OLD.normal_side)
    AND NEW.owner_id IS NOT DISTINCT FROM OLD.owner_id
    AND (pg_trigger_depth() > 1 OR (NEW.posted, NEW.pending_debit, NEW.version) IS NOT DISTINCT FROM (OLD.posted, OLD.pending_debit, OLD.version))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'a ledger account changes through its entries only'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_accounts_guard', TABLE = 'ledger_accounts';
END $$;
CREATE TRIGGER "ledger_accounts_guard" BEFORE INSERT OR UPDATE ON "ledger_accounts"
  FOR EACH ROW EXECUTE FUNCTION guard_ledger_account();
ALTER TABLE "ledger_accounts"
  ADD CONSTRAINT "ledger_accounts_pending_check" CHECK (pending_debit >= 0 AND pending_credit >= 0),
  ADD CONSTRAINT "ledger_accounts_not_negative" CHECK (allow_negative OR posted - pending_debit >= 0),
  ADD CONSTRAINT "ledger_accounts_owed_check" CHECK (
    NOT allow_negative OR kind NOT IN ('ATTENDEE_WALLET', 'HOST_PENDING', 'HOST_AVAILABLE')),
  ADD CONSTRAINT "ledger_accounts_owner_check" CHECK (
    (owner_id IS NOT NULL) = (kind IN ('ATTENDEE_WALLET', 'HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE')));

-- A wallet is its owner's account of the kind and currency it says.
CREATE FUNCTION public.match_wallet_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM ledger_accounts WHERE id = NEW.ledger_account_id AND kind = 'ATTENDEE_WALLET'
             AND owner_id = NEW.user_id AND currency = NEW.currency) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the ledger account is not the wallet of this person in %', NEW.currency
    USING ERRCODE = 'check_violation', CONSTRAINT = 'wallets_account', TABLE = 'wallets';
END $$;
CREATE TRIGGER "wallets_account" BEFORE INSERT OR UPDATE OF user_id, ledger_account_id, currency ON "wallets"
  FOR EACH ROW EXECUTE FUNCTION match_wallet_account();

-- Sets the money aside, and gives it back once, however the hold ends. When it is posted, end the hold before the journal
-- takes the money: the account must never show both.
CREATE FUNCTION public.apply_wallet_hold() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change bigint;
BEGIN
  IF TG_OP = 'INSERT' AND NEW.state = 'PENDING' THEN
    change := NEW.amount;
  ELSIF TG_OP = 'UPDATE' AND OLD.state = 'PENDING'
    AND (NEW.amount, NEW.currency, NEW.wallet_id) IS NOT DISTINCT FROM (OLD.amount, OLD.currency, OLD.wallet_id) THEN
    change := CASE NEW.state WHEN 'PENDING' THEN 0 ELSE -OLD.amount END;
  ELSE
    RAISE EXCEPTION 'a wallet hold begins PENDING, keeps its amount and ends once'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'wallet_holds_end_once', TABLE = 'wallet_holds';
  END IF;
  UPDATE ledger_accounts SET pending_debit = pending_debit + change
    FROM wallets
    WHERE wallets.id = NEW.wallet_id AND wallets.currency = NEW.currency AND ledger_accounts.id = wallets.ledger_account_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the wallet is not one of %', NEW.currency
      USING ERRCODE = 'check_violation', CONSTRAINT = 'wallet_holds_wallet_currency', TABLE = 'wallet_holds';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "wallet_holds_apply" BEFORE INSERT OR UPDATE ON "wallet_holds"
  FOR EACH ROW EXECUTE FUNCTION apply_wallet_hold();
