-- Members are listed in the order in which they joined, and counted, without sorting or reading all of a large chat.
CREATE INDEX "chat_participants_chat_id_joined_active_idx" ON "chat_participants"("chat_id", "joined_at", "user_id") WHERE (left_at IS NULL);
