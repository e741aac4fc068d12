SET LOCAL lock_timeout = '5s';
SET LOCAL timezone = 'UTC';

-- Logs that only grow are cut by month. The cut is by id, not by a time column: ids are UUIDv7 and begin with their
-- time, so the primary key stays one column, other tables can refer to it, and it stays unique over all months.
-- To read a span of time from few partitions, bound the id too: `id >= uuid_v7_floor(from) AND id < uuid_v7_floor(to)`.

-- A table that has rows becomes its own first partition: nothing is copied.
DO $$
DECLARE
  boundary uuid := uuid_v7_floor(date_trunc('month', now()) + interval '1 month');
  log text;
BEGIN
  FOREACH log IN ARRAY ARRAY['login_history', 'audit_logs'] LOOP
    EXECUTE format('ALTER TABLE %I RENAME TO %I', log, log || '_earlier');
    EXECUTE format('ALTER INDEX %I RENAME TO %I', log || '_pkey', log || '_earlier_pkey');
    EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS, CONSTRAINT %I PRIMARY KEY (id)) PARTITION BY RANGE (id)',
      log, log || '_earlier', log || '_pkey');
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', log || '_default', log);
    -- Ids that are not of this kind, or of a clock far ahead.
    EXECUTE format('WITH moved AS (DELETE FROM %I WHERE id >= %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      log || '_earlier', boundary, log || '_default');
  END LOOP;
  ALTER INDEX login_history_user_id_created_at_idx RENAME TO login_history_earlier_user_id_created_at_idx;
  ALTER INDEX audit_logs_actor_id_created_at_idx RENAME TO audit_logs_earlier_actor_id_created_at_idx;
  ALTER INDEX audit_logs_target_type_target_id_idx RENAME TO audit_logs_earlier_target_type_target_id_idx;
END $$;

CREATE INDEX "login_history_user_id_created_at_idx" ON "login_history"("user_id", "created_at" DESC);
CREATE INDEX "audit_logs_actor_id_created_at_idx" ON "audit_logs"("actor_id", "created_at");
CREATE INDEX "audit_logs_target_type_target_id_idx" ON "audit_logs"("target_type", "target_id");
ALTER TABLE "login_history" ADD CONSTRAINT "login_history_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Everything up to the end of this month; the checks tell ATTACH that no row lies beyond.
DO $$
DECLARE
  boundary uuid := uuid_v7_floor(date_trunc('month', now()) + interval '1 month');
  log text;
BEGIN
  FOREACH log IN ARRAY ARRAY['login_history', 'audit_logs'] LOOP
    EXECUTE format('ALTER TABLE %I ADD CONSTRAINT below_boundary CHECK (id < %L)', log || '_earlier', boundary);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (MINVALUE) TO (%L)', log, log || '_earlier', boundary);
    EXECUTE format('ALTER TABLE %I DROP CONSTRAINT below_boundary', log || '_earlier');
  END LOOP;
  FOREACH log IN ARRAY ARRAY['activity_logs', 'event_check_ins'] LOOP
    EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (MINVALUE) TO (%L)', log || '_earlier', log, boundary);
    EXECUTE format('CREATE TABLE %I PARTITION OF %I DEFAULT', log || '_default', log);
  END LOOP;
END $$;

CREATE INDEX "audit_logs_action_created_at_idx" ON "audit_logs"("action", "created_at");
CREATE INDEX "audit_logs_stream_seq_idx" ON "audit_logs"("stream", "seq") WHERE (stream IS NOT NULL);
CREATE INDEX "login_history_address_created_at_idx" ON "login_history"("address", "created_at");

-- Makes the partitions of the months to come, from the end of the last one on, so that no month is left out.
-- Returns how many it made; a second call makes none. Rows of such a month that were kept in the default partition are
-- moved, unless other tables refer to them: then the month stays with the default partition.
CREATE FUNCTION public.ensure_month_partitions(parent regclass, months_ahead integer) RETURNS integer
  LANGUAGE plpgsql
  SET timezone = 'UTC'
  AS $$
DECLARE
  month_start timestamptz;
  last_month timestamptz := date_trunc('month', now()) + make_interval(months => months_ahead);
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ensure_month_partitions'), parent::oid::integer);
  SELECT uuid_v7_time(max(substring(pg_get_expr(child.relpartbound, child.oid) FROM 'TO \(''([0-9a-f-]{36})''\)'))::uuid)
    INTO month_start
    FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
    WHERE inhparent = parent;
  IF month_start IS NULL THEN
    RAISE EXCEPTION '% is not partitioned by month', parent USING ERRCODE = 'invalid_parameter_value';
  END IF;
  WHILE month_start <= last_month LOOP
    made := made + make_month_partition(parent, month_start);
    month_start := month_start + interval '1 month';
  END LOOP;
  RETURN made;
END $$;

-- One month of ensure_month_partitions. Returns 1, or 0 where the month stays with the default partition.
CREATE FUNCTION public.make_month_partition(parent regclass, month_start timestamptz) RETURNS integer
  LANGUAGE plpgsql
  SET timezone = 'UTC'
  AS $$
DECLARE
  log text := (SELECT relname FROM pg_class WHERE oid = parent);
  part text := format('%s_y%s', log, to_char(month_start, 'YYYY"m"MM'));
  rest text := log || '_default';
  lower_id uuid := uuid_v7_floor(month_start);
  upper_id uuid := uuid_v7_floor(month_start + interval '1 month');
  is_waiting boolean;
BEGIN
  EXECUTE format('CREATE TABLE %I (LIKE %I INCLUDING DEFAULTS INCLUDING GENERATED INCLUDING CONSTRAINTS)', part, log);
  EXECUTE format('SELECT EXISTS (SELECT FROM %I WHERE id >= %L AND id < %L)', rest, lower_id, upper_id) INTO is_waiting;
  IF is_waiting THEN
    -- Detached, the partition has none of the triggers that refuse to delete from it.
    EXECUTE format('ALTER TABLE %I DETACH PARTITION %I', log, rest);
    EXECUTE format('WITH moved AS (DELETE FROM %I WHERE id >= %L AND id < %L RETURNING *) INSERT INTO %I SELECT * FROM moved',
      rest, lower_id, upper_id, part);
    EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I DEFAULT', log, rest);
  END IF;
  EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', log, part, lower_id, upper_id);
  RETURN 1;
EXCEPTION WHEN foreign_key_violation THEN
  RETURN 0;
END $$;

SELECT ensure_month_partitions(log, 3) FROM unnest(ARRAY['login_history', 'audit_logs', 'activity_logs', 'event_check_ins']::regclass[]) AS log;
