SET LOCAL lock_timeout = '5s';

-- How a person wants to be seen, who may know whether they are here, and when they last were. The defaults are constants:
-- no row is rewritten.
CREATE TYPE "presence_audience" AS ENUM ('CONTACTS', 'FRIENDS', 'NOBODY');
CREATE TYPE "chosen_presence" AS ENUM ('ONLINE', 'AWAY', 'BUSY', 'INVISIBLE');
ALTER TABLE "users" ADD COLUMN "last_seen_at" TIMESTAMPTZ(3);
ALTER TABLE "profiles"
  ADD COLUMN "presence_audience" "presence_audience" NOT NULL DEFAULT 'CONTACTS',
  ADD COLUMN "chosen_presence" "chosen_presence" NOT NULL DEFAULT 'ONLINE';
