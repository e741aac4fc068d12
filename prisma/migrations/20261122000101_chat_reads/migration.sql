-- A message moves its sender's read pointer: rows that change that often are updated in place only with room beside them.
ALTER TABLE "chat_participants" SET (fillfactor = 70);

-- What one user reacted with on a page of history is one range of this index, however many others reacted.
CREATE INDEX "message_reactions_user_id_chat_id_seq_idx" ON "message_reactions"("user_id", "chat_id", "seq");

DROP INDEX "message_reactions_user_id_idx";
