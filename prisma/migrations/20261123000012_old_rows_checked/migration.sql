SET LOCAL lock_timeout = '5s';

-- Old rows against the rules that new rows have kept since. Readers and writers go on meanwhile.
ALTER TABLE "chats" VALIDATE CONSTRAINT "chats_event_id_fkey";
ALTER TABLE "chats" VALIDATE CONSTRAINT "chats_avatar_asset_id_fkey";
ALTER TABLE "profiles" VALIDATE CONSTRAINT "profiles_avatar_asset_id_fkey";
ALTER TABLE "profiles" VALIDATE CONSTRAINT "profiles_cover_asset_id_fkey";
ALTER TABLE "users" VALIDATE CONSTRAINT "users_email_lower_check";
ALTER TABLE "users" VALIDATE CONSTRAINT "users_phone_pair_check";
ALTER TABLE "profiles" VALIDATE CONSTRAINT "profiles_completion_check";
ALTER TABLE "profiles" VALIDATE CONSTRAINT "profiles_place_check";
ALTER TABLE "sessions" VALIDATE CONSTRAINT "sessions_times_check";
ALTER TABLE "chats" VALIDATE CONSTRAINT "chats_slow_mode_check";
ALTER TABLE "chat_participants" VALIDATE CONSTRAINT "chat_participants_pointer_check";
ALTER TABLE "chat_message_sequences" VALIDATE CONSTRAINT "chat_message_sequences_counts_check";
ALTER TABLE "messages" VALIDATE CONSTRAINT "messages_place_check";
ALTER TABLE "message_revisions" VALIDATE CONSTRAINT "message_revisions_order_check";
