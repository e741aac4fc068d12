SET LOCAL lock_timeout = '5s';

-- A group decides how others come in; an event's chat and a pair's never do.
CREATE TYPE "chat_join_policy" AS ENUM ('CLOSED', 'REQUEST', 'LINK');
ALTER TABLE "chats"
  ADD COLUMN "join_policy" "chat_join_policy" NOT NULL DEFAULT 'CLOSED',
  ADD CONSTRAINT "chats_join_policy_check" CHECK (join_policy = 'CLOSED' OR kind = 'GROUP') NOT VALID;
ALTER TABLE "chats" VALIDATE CONSTRAINT "chats_join_policy_check";

-- The place of a member: silenced by who looks after the chat, put away or marked unread by themselves.
ALTER TABLE "chat_participants"
  ADD COLUMN "silenced_until" TIMESTAMPTZ(3),
  ADD COLUMN "hidden_at_ordinal" BIGINT,
  ADD COLUMN "is_marked_unread" BOOLEAN NOT NULL DEFAULT false;

-- Messages at the top of a chat.
CREATE TABLE "chat_pins" (
  "chat_id" UUID NOT NULL,
  "seq" BIGINT NOT NULL,
  "pinned_by" UUID,
  "pinned_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "chat_pins_pkey" PRIMARY KEY ("chat_id", "seq"),
  CONSTRAINT "chat_pins_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "chat_pins_pinned_by_fkey" FOREIGN KEY ("pinned_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "chat_pins_pinned_by_idx" ON "chat_pins"("pinned_by");

-- Who is named in a message. Ids, so that a new name breaks nothing; without a key to messages, which move to the archive.
CREATE TABLE "chat_mentions" (
  "chat_id" UUID NOT NULL,
  "seq" BIGINT NOT NULL,
  "user_id" UUID NOT NULL,
  -- Named as one of all who were there, not by name.
  "by_here" BOOLEAN NOT NULL DEFAULT false,
  CONSTRAINT "chat_mentions_pkey" PRIMARY KEY ("chat_id", "seq", "user_id"),
  CONSTRAINT "chat_mentions_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "chat_mentions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "chat_mentions_user_id_chat_id_seq_idx" ON "chat_mentions"("user_id", "chat_id", "seq");

-- Ways into a group.
CREATE TABLE "chat_links" (
  "id" UUID NOT NULL,
  "chat_id" UUID NOT NULL,
  "token_hash" TEXT NOT NULL,
  "created_by" UUID,
  "expires_at" TIMESTAMPTZ(3),
  "max_uses" INTEGER,
  "uses" INTEGER NOT NULL DEFAULT 0,
  "revoked_at" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "chat_links_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "chat_links_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "chat_links_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "chat_links_uses_check" CHECK (uses >= 0 AND (max_uses IS NULL OR (max_uses >= 1 AND uses <= max_uses)))
);
CREATE UNIQUE INDEX "chat_links_token_hash_key" ON "chat_links"("token_hash");
CREATE INDEX "chat_links_chat_id_created_at_idx" ON "chat_links"("chat_id", "created_at");
CREATE INDEX "chat_links_created_by_idx" ON "chat_links"("created_by");

CREATE TYPE "chat_join_status" AS ENUM ('PENDING', 'APPROVED', 'DECLINED');
CREATE TABLE "chat_join_requests" (
  "chat_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "status" "chat_join_status" NOT NULL DEFAULT 'PENDING',
  "requested_at" TIMESTAMPTZ(3) NOT NULL,
  "decided_by" UUID,
  "decided_at" TIMESTAMPTZ(3),
  CONSTRAINT "chat_join_requests_pkey" PRIMARY KEY ("chat_id", "user_id"),
  CONSTRAINT "chat_join_requests_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "chats"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "chat_join_requests_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "chat_join_requests_decided_by_fkey" FOREIGN KEY ("decided_by") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "chat_join_requests_decided_check" CHECK ((status = 'PENDING') = (decided_at IS NULL))
);
CREATE INDEX "chat_join_requests_chat_id_status_requested_at_idx" ON "chat_join_requests"("chat_id", "status", "requested_at");
CREATE INDEX "chat_join_requests_user_id_idx" ON "chat_join_requests"("user_id");
CREATE INDEX "chat_join_requests_decided_by_idx" ON "chat_join_requests"("decided_by");

-- A message that was said elsewhere before; by whom stands there where that person allows it.
ALTER TABLE "messages"
  ADD COLUMN "is_forwarded" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "forwarded_from" UUID;
ALTER TABLE archive.messages
  ADD COLUMN "is_forwarded" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "forwarded_from" UUID;
ALTER TABLE "profiles" ADD COLUMN "is_named_in_forwards" BOOLEAN NOT NULL DEFAULT true;
