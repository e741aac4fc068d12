-- Only an index in byte order can find usernames by their beginning, whatever the database's own collation is.
ALTER TABLE "users" ALTER COLUMN "username" TYPE TEXT COLLATE "C";
