SET LOCAL lock_timeout = '5s';

-- Deleted messages count as unread for nobody: how many lie after a read pointer is counted with every list of chats.
CREATE INDEX "messages_deleted_idx" ON "messages" ("chat_id", "seq") WHERE "deleted_at" IS NOT NULL;
