SET LOCAL lock_timeout = '5s';

-- Accounts that load tests use; they are few beside people's, and are looked for as a whole.
ALTER TABLE "users" ADD COLUMN "is_test" BOOLEAN NOT NULL DEFAULT false;
CREATE INDEX "users_test_idx" ON "users"("id") WHERE (is_test AND (erased_at IS NULL));
