SET LOCAL lock_timeout = '5s';

-- Scans under a person's session name their device as they like; only enrolled devices have rows of their own.
ALTER TABLE "event_check_ins" ADD COLUMN "reported_device_id" TEXT;
ALTER TABLE "event_check_ins"
  DROP CONSTRAINT "event_check_ins_device_check",
  ADD CONSTRAINT "event_check_ins_device_check" CHECK (
    num_nonnulls(device_id, reported_device_id) <= 1 AND (device_seq IS NULL OR (device_id IS NOT NULL AND device_seq >= 1))
    AND char_length(reported_device_id) BETWEEN 1 AND 64);

-- Lists: which one is meant when none is named, whether people are counted out again, and whether a still picture of a code is enough.
CREATE TYPE "check_in_mode" AS ENUM ('ENTRY_ONLY', 'ENTRY_AND_EXIT');
ALTER TABLE "check_in_lists"
  ADD COLUMN "is_default" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "mode" "check_in_mode" NOT NULL DEFAULT 'ENTRY_ONLY',
  ADD COLUMN "require_proof" BOOLEAN NOT NULL DEFAULT false,
  ADD CONSTRAINT "check_in_lists_name_check" CHECK (char_length(name) BETWEEN 1 AND 80 AND cardinality(ticket_type_ids) <= 50);
CREATE UNIQUE INDEX "check_in_lists_one_default" ON "check_in_lists"("event_id") WHERE (is_default);

-- Devices are invited with a secret and become active with a key of their own.
ALTER TYPE "scanner_status" ADD VALUE 'INVITED' BEFORE 'ACTIVE';
CREATE TYPE "scanner_scope" AS ENUM ('SCAN', 'SUPERVISE');
ALTER TABLE "scanner_devices"
  ALTER COLUMN "public_key" DROP NOT NULL,
  ADD COLUMN "list_id" UUID,
  ADD COLUMN "gate" TEXT,
  ADD COLUMN "scope" "scanner_scope" NOT NULL DEFAULT 'SCAN',
  ADD COLUMN "session_id" UUID,
  ADD COLUMN "agent" TEXT,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3),
  ADD COLUMN "invitation_hash" TEXT,
  ADD COLUMN "invitation_expires_at" TIMESTAMPTZ(3),
  ADD COLUMN "proved_at" TIMESTAMPTZ(3),
  ADD COLUMN "bundle_epoch" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT "scanner_devices_list_id_fkey" FOREIGN KEY ("list_id") REFERENCES "check_in_lists"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "scanner_devices_texts_check" CHECK (
    char_length(name) BETWEEN 1 AND 80 AND char_length(gate) BETWEEN 1 AND 40 AND char_length(agent) <= 300),
  ADD CONSTRAINT "scanner_devices_invitation_check" CHECK ((invitation_hash IS NULL) = (invitation_expires_at IS NULL));
CREATE UNIQUE INDEX "scanner_devices_invitation_hash_key" ON "scanner_devices"("invitation_hash");
CREATE INDEX "scanner_devices_list_id_idx" ON "scanner_devices"("list_id");

-- One function folds all scans of an admission; the rule of re-entry is read from the list, not copied.
DROP TRIGGER "admission_states_reentry" ON "admission_states";
DROP FUNCTION public.copy_list_reentry();
ALTER TABLE "admission_states"
  DROP CONSTRAINT "admission_states_entries_check",
  DROP COLUMN "allow_reentry",
  ADD COLUMN "event_id" UUID,
  ADD COLUMN "hybrid_clock" BIGINT NOT NULL DEFAULT 0,
  ADD CONSTRAINT "admission_states_entries_check" CHECK (entries >= 0 AND (entries > 0 OR NOT is_inside));
UPDATE "admission_states" AS state SET event_id = list.event_id FROM "check_in_lists" AS list WHERE list.id = state.list_id;
ALTER TABLE "admission_states"
  ALTER COLUMN "event_id" SET NOT NULL,
  ADD CONSTRAINT "admission_states_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "admission_states_event_id_list_id_idx" ON "admission_states"("event_id", "list_id");

-- The outcome of a scan that was refused says why; what the device said stands with the scan itself.
-- Nothing asks questions or has rules of its own at a door, and no scan was ever refused for them.
ALTER TYPE "scan_rejection" RENAME TO "scan_rejection_before";
CREATE TYPE "scan_rejection" AS ENUM ('MALFORMED', 'BAD_SIGNATURE', 'WRONG_EVENT', 'REVOKED', 'CANCELLED', 'WRONG_LIST',
  'OUTSIDE_WINDOW', 'UNPAID', 'PROOF_EXPIRED', 'ALREADY_INSIDE');
ALTER TABLE "event_check_ins" ALTER COLUMN "rejection" TYPE "scan_rejection" USING (rejection::text::scan_rejection);
DROP TYPE "scan_rejection_before";
ALTER TABLE "check_in_outcomes" ADD COLUMN "rejection" "scan_rejection";

-- Every event that was ever on sale has a list that is meant when a scan names none: its oldest one, or a new one.
UPDATE "check_in_lists" AS list SET is_default = true
WHERE NOT EXISTS (
  SELECT FROM "check_in_lists" AS other
  WHERE other.event_id = list.event_id AND (other.created_at, other.id) < (list.created_at, list.id));
INSERT INTO "check_in_lists" (id, event_id, name, is_default)
SELECT gen_random_uuid(), id, 'Entrance', true FROM "events" AS event
WHERE published_at IS NOT NULL AND NOT EXISTS (SELECT FROM "check_in_lists" WHERE event_id = event.id);
