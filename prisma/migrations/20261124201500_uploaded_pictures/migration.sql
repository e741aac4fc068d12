SET LOCAL lock_timeout = '5s';

-- What is not there yet has no hash; what was refused says why; what kills its worker is not tried for ever.
ALTER TABLE "media_assets"
  ALTER COLUMN "sha256" DROP NOT NULL,
  ADD COLUMN "rejection_reason" TEXT,
  ADD COLUMN "attempts" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "unattached_at" TIMESTAMPTZ(3);
ALTER TABLE "media_assets"
  ADD CONSTRAINT "media_assets_stored_check" CHECK (status <> 'READY' OR sha256 IS NOT NULL),
  ADD CONSTRAINT "media_assets_rejection_check" CHECK (status <> 'REJECTED' OR rejection_reason IS NOT NULL),
  ADD CONSTRAINT "media_assets_attempts_check" CHECK (attempts >= 0);

-- The few that wait: for their bytes, to be looked at, to have their bytes deleted.
CREATE INDEX "media_assets_status_created_at_idx" ON "media_assets" ("status", "created_at");

-- Whether an archived message still shows a picture.
CREATE INDEX "messages_asset_ids_idx" ON archive.messages USING gin (asset_ids) WHERE asset_ids <> '{}';
