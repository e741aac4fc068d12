SET LOCAL lock_timeout = '5s';

-- Who was there: one row for each account and event while an entry of theirs stands.
CREATE TABLE "attendances" (
  "user_id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "scan_id" UUID NOT NULL,
  "admitted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "attendances_pkey" PRIMARY KEY ("user_id", "event_id"),
  CONSTRAINT "attendances_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "attendances_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "attendances_scan_id_fkey" FOREIGN KEY ("scan_id") REFERENCES "event_check_ins"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "attendances_event_id_idx" ON "attendances"("event_id");
CREATE INDEX "attendances_scan_id_idx" ON "attendances"("scan_id");

-- Scans that no door can read are kept beside the others, so that a device may forget them.
CREATE TABLE "door_quarantine" (
  "id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "scan_id" UUID NOT NULL,
  "device_id" UUID,
  "staff_id" UUID,
  "payload" JSONB NOT NULL,
  "reason" TEXT NOT NULL,
  "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "door_quarantine_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "door_quarantine_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "door_quarantine_device_id_fkey" FOREIGN KEY ("device_id") REFERENCES "scanner_devices"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "door_quarantine_staff_id_fkey" FOREIGN KEY ("staff_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "door_quarantine_size_check" CHECK (octet_length(payload::text) <= 8192 AND char_length(reason) <= 500)
);
CREATE UNIQUE INDEX "door_quarantine_event_id_scan_id_key" ON "door_quarantine"("event_id", "scan_id");
CREATE INDEX "door_quarantine_device_id_idx" ON "door_quarantine"("device_id");
CREATE INDEX "door_quarantine_staff_id_idx" ON "door_quarantine"("staff_id");
