SET LOCAL lock_timeout = '5s';

-- What is old moves here, out of the way of what is in use. Its tables have the columns of the live ones and the same
-- keys; rows are moved by jobs, in one transaction each, so that a row is always in exactly one of the two places.
CREATE SCHEMA archive;

-- Messages leave from the front of a chat, without gaps: everything up to archived_seq is here, everything after it live.
CREATE TABLE archive.messages (
  LIKE public.messages INCLUDING DEFAULTS,
  -- Attachments: their rows refer to live messages only.
  asset_ids uuid[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (chat_id, seq),
  FOREIGN KEY (chat_id) REFERENCES public.chats (id) ON DELETE CASCADE,
  FOREIGN KEY (sender_id) REFERENCES public.users (id) ON DELETE RESTRICT
);
CREATE INDEX messages_sender_id_idx ON archive.messages (sender_id);

CREATE TABLE archive.message_reactions (
  LIKE public.message_reactions INCLUDING DEFAULTS,
  PRIMARY KEY (chat_id, seq, emoji, user_id),
  FOREIGN KEY (chat_id, seq) REFERENCES archive.messages (chat_id, seq) ON DELETE CASCADE,
  FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE
);
CREATE INDEX message_reactions_user_id_idx ON archive.message_reactions (user_id);

CREATE TABLE archive.message_revisions (
  LIKE public.message_revisions INCLUDING DEFAULTS,
  PRIMARY KEY (chat_id, seq, replaced_by),
  FOREIGN KEY (chat_id, seq) REFERENCES archive.messages (chat_id, seq) ON DELETE CASCADE,
  FOREIGN KEY (editor_id) REFERENCES public.users (id) ON DELETE RESTRICT
);
CREATE INDEX message_revisions_editor_id_idx ON archive.message_revisions (editor_id);

ALTER TABLE "chat_message_sequences" ADD COLUMN "archived_seq" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "chat_message_sequences" ADD CONSTRAINT "chat_message_sequences_archived_check"
  CHECK (archived_seq BETWEEN 0 AND last_seq) NOT VALID;

CREATE TABLE archive.notifications (
  LIKE public.notifications INCLUDING DEFAULTS,
  PRIMARY KEY (id),
  FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE
);
CREATE INDEX notifications_inbox_idx ON archive.notifications (user_id, created_at, id);

CREATE TABLE archive.notification_deliveries (
  LIKE public.notification_deliveries INCLUDING DEFAULTS,
  PRIMARY KEY (id),
  FOREIGN KEY (notification_id) REFERENCES archive.notifications (id) ON DELETE CASCADE
);
CREATE INDEX notification_deliveries_notification_id_idx ON archive.notification_deliveries (notification_id);

-- An event stays where it is, for money refers to it; what was only said and saved about it moves.
CREATE TABLE archive.event_updates (
  LIKE public.event_updates INCLUDING DEFAULTS,
  PRIMARY KEY (id),
  FOREIGN KEY (event_id) REFERENCES public.events (id) ON DELETE CASCADE,
  FOREIGN KEY (author_id) REFERENCES public.users (id) ON DELETE RESTRICT
);
-- Nobody searches here.
ALTER TABLE archive.event_updates DROP COLUMN search;
CREATE INDEX event_updates_event_id_idx ON archive.event_updates (event_id, published_at);
CREATE INDEX event_updates_author_id_idx ON archive.event_updates (author_id);

CREATE TABLE archive.saved_events (
  LIKE public.saved_events INCLUDING DEFAULTS,
  PRIMARY KEY (user_id, event_id),
  FOREIGN KEY (user_id) REFERENCES public.users (id) ON DELETE CASCADE,
  FOREIGN KEY (event_id) REFERENCES public.events (id) ON DELETE CASCADE
);
CREATE INDEX saved_events_event_id_idx ON archive.saved_events (event_id);

-- The trail leaves by whole months, guarded as it was.
CREATE TABLE archive.audit_logs (LIKE public.audit_logs INCLUDING DEFAULTS, PRIMARY KEY (id)) PARTITION BY RANGE (id);
CREATE INDEX audit_logs_stream_seq_idx ON archive.audit_logs (stream, seq) WHERE stream IS NOT NULL;
CREATE TRIGGER audit_logs_append_only BEFORE UPDATE OR DELETE ON archive.audit_logs
  FOR EACH ROW EXECUTE FUNCTION public.refuse_change();
CREATE TRIGGER audit_logs_no_truncate BEFORE TRUNCATE ON archive.audit_logs
  FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change();

-- The partitions of a table that is cut by month, with the moment at which each ends; the default one has no end.
CREATE FUNCTION public.month_partitions(parent regclass) RETURNS TABLE (part regclass, ends_at timestamptz)
  LANGUAGE sql STABLE
  AS $$
    SELECT child.oid::regclass,
      uuid_v7_time((substring(pg_get_expr(child.relpartbound, child.oid) FROM 'TO \(''([0-9a-f-]{36})''\)'))::uuid)
    FROM pg_inherits JOIN pg_class AS child ON child.oid = inhrelid
    WHERE inhparent = parent
  $$;

-- Moves a month of the audit from public to archive: a matter of the catalogue, no row is copied. The check must have
-- been added before (its scan blocks writers of that month only), so that attaching need not scan while all wait.
CREATE FUNCTION public.archive_audit_month(part regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  name text := (SELECT relname FROM pg_class WHERE oid = part);
  bounds text := (SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE oid = part);
BEGIN
  EXECUTE format('ALTER TABLE public.audit_logs DETACH PARTITION public.%I', name);
  EXECUTE format('ALTER TABLE public.%I SET SCHEMA archive', name);
  EXECUTE format('ALTER TABLE archive.audit_logs ATTACH PARTITION archive.%I %s', name, bounds);
  EXECUTE format('ALTER TABLE archive.%I DROP CONSTRAINT IF EXISTS within_month', name);
END $$;
