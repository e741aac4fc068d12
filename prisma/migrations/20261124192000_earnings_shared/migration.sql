SET LOCAL lock_timeout = '5s';

-- One release makes earnings available to the host and to co-hosts: each of them is paid a journal once.
ALTER TABLE "payout_items" ADD COLUMN "host_id" UUID;
UPDATE "payout_items" SET host_id = payouts.host_id FROM "payouts" WHERE payouts.id = payout_id;
-- The table changes below only once the sums that the update left to the end have been looked at.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE "payout_items" ALTER COLUMN "host_id" SET NOT NULL;

-- Whose item it is is the payout's word, not the writer's.
CREATE FUNCTION public.copy_payout_host() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.host_id := (SELECT host_id FROM payouts WHERE id = NEW.payout_id);
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_items_host" BEFORE INSERT OR UPDATE OF payout_id, host_id ON "payout_items"
  FOR EACH ROW EXECUTE FUNCTION copy_payout_host();

DROP INDEX "payout_items_one_live_key";
CREATE UNIQUE INDEX "payout_items_one_live_key" ON "payout_items" ("journal_id", "host_id") WHERE state <> 'FREED';
