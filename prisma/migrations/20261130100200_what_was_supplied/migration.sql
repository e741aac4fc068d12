SET LOCAL lock_timeout = '5s';

-- What an invoice is about, kept with it: events are renamed and move.
ALTER TABLE "invoices" ADD COLUMN "supply" JSONB;
