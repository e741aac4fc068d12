SET LOCAL lock_timeout = '5s';

-- What happened stays. Corrections are further rows; whole months leave as partitions.
CREATE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME, TABLE = TG_TABLE_NAME;
END $$;

DO $$
DECLARE
  log text;
BEGIN
  FOREACH log IN ARRAY ARRAY[
    'transactions', 'ledger_entries', 'audit_logs', 'event_check_ins', 'moderation_actions', 'user_points',
    'trust_events', 'consents', 'ticket_revocations', 'audit_checkpoints'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      log || '_append_only', log);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      log || '_no_truncate', log);
  END LOOP;
  -- Money rows change their status, but never go away.
  FOREACH log IN ARRAY ARRAY['payments', 'refunds', 'payouts', 'payout_items', 'disputes', 'invoices', 'wallet_holds', 'ledger_accounts'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()', log || '_kept', log);
  END LOOP;
END $$;
