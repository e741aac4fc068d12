SET LOCAL lock_timeout = '5s';

-- Who and what stay readable; the rest of a row is sealed with the key of the person it is about.
ALTER TABLE "audit_logs"
  ADD COLUMN "subject_id" UUID,
  ADD COLUMN "origin" TEXT,
  ADD COLUMN "payload" TEXT,
  DROP COLUMN "payload_salt",
  ALTER COLUMN "address" DROP NOT NULL,
  ALTER COLUMN "agent" DROP NOT NULL;

-- Months move there as they are, so the columns must be the same.
ALTER TABLE archive.audit_logs
  ADD COLUMN "subject_id" UUID,
  ADD COLUMN "origin" TEXT,
  ADD COLUMN "payload" TEXT,
  DROP COLUMN "payload_salt",
  ALTER COLUMN "address" DROP NOT NULL,
  ALTER COLUMN "agent" DROP NOT NULL;

-- The ends of the chains: updated with every commit, so they have room on their page and are cleaned early.
CREATE TABLE "audit_streams" (
  "stream" TEXT NOT NULL,
  "seq" BIGINT NOT NULL,
  "row_hash" BYTEA NOT NULL,
  CONSTRAINT "audit_streams_pkey" PRIMARY KEY ("stream")
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Every chain begins with the hash of its name, so that none can pass for another.
INSERT INTO audit_streams (stream, seq, row_hash)
SELECT number::text, 0, sha256(convert_to('rally audit ' || number, 'UTF8')) FROM generate_series(1, 32) AS number;

-- Rows written before there were chains; they are counted, so that nobody can add another.
INSERT INTO audit_streams (stream, seq, row_hash) SELECT 'earlier', count(*), '' FROM audit_logs WHERE stream IS NULL;

-- A field of a row's hash: four bytes of length, then its bytes; a null is a length of its own.
CREATE FUNCTION public.audit_field(content bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN content IS NULL THEN '\xffffffff'::bytea ELSE int4send(length(content)) || content END;

-- A chain that no other transaction appends to, kept until the end of this one. Of the free ones the first: few chains
-- grow, and a row is soon followed by others. Only when all are taken somebody waits.
CREATE FUNCTION public.take_audit_stream() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  lock_class constant integer := 727071;
  chosen integer := nullif(current_setting('rally.audit_stream', true), '')::integer;
BEGIN
  IF chosen IS NOT NULL THEN
    RETURN chosen::text;
  END IF;
  FOR number IN 1..32 LOOP
    IF pg_try_advisory_xact_lock(lock_class, number) THEN
      chosen := number;
      EXIT;
    END IF;
  END LOOP;
  IF chosen IS NULL THEN
    chosen := 1 + floor(random() * 32)::integer;
    PERFORM pg_advisory_xact_lock(lock_class, chosen);
  END IF;
  PERFORM set_config('rally.audit_stream', chosen::text, true);
  RETURN chosen::text;
END $$;

-- Appends the rows, in order, to one chain. Commitments are hex, null where there is nothing to commit to.
CREATE FUNCTION public.append_audit(rows jsonb) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  chain constant text := take_audit_stream();
  at constant timestamptz := date_trunc('milliseconds', clock_timestamp());
  first_seq bigint;
  last_seq bigint;
  last_hash bytea;
  next_hash bytea;
  entry record;
BEGIN
  SELECT seq, row_hash INTO STRICT last_seq, last_hash FROM audit_streams WHERE stream = chain;
  first_seq := last_seq;
  FOR entry IN
    SELECT given.*, decode(given.commitment, 'hex') AS committed
    FROM ROWS FROM (jsonb_to_recordset(rows) AS (
      id uuid, actor_id uuid, action text, target_type text, target_id text, request_id text, subject_id uuid,
      origin text, payload text, commitment text)) WITH ORDINALITY AS given
    ORDER BY given.ordinality
  LOOP
    last_seq := last_seq + 1;
    next_hash := sha256(
      audit_field(last_hash) || audit_field(int8send(last_seq))
      || audit_field(int8send((extract(epoch FROM at) * 1000)::bigint))
      || audit_field(uuid_send(entry.actor_id)) || audit_field(convert_to(entry.action, 'UTF8'))
      || audit_field(convert_to(entry.target_type, 'UTF8')) || audit_field(convert_to(entry.target_id, 'UTF8'))
      || audit_field(entry.committed)
      || audit_field(uuid_send(entry.id)) || audit_field(convert_to(entry.request_id, 'UTF8'))
      || audit_field(uuid_send(entry.subject_id)) || audit_field(convert_to(entry.origin, 'UTF8'))
      || audit_field(convert_to(entry.payload, 'UTF8')));
    INSERT INTO audit_logs (id, actor_id, action, target_type, target_id, request_id, subject_id, origin, payload,
                            payload_commitment, stream, seq, prev_hash, row_hash, created_at)
    VALUES (entry.id, entry.actor_id, entry.action, entry.target_type, entry.target_id, entry.request_id,
            entry.subject_id, entry.origin, entry.payload, entry.committed, chain, last_seq, last_hash, next_hash, at);
    last_hash := next_hash;
  END LOOP;
  UPDATE audit_streams SET seq = last_seq, row_hash = last_hash WHERE stream = chain AND seq = first_seq;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'audit stream % moved meanwhile', chain USING ERRCODE = 'serialization_failure';
  END IF;
END $$;
