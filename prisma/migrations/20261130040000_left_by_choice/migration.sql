SET LOCAL lock_timeout = '5s';

-- Who left a group by their own choice is not made a member again by others. Of those who left before nobody knows why.
ALTER TABLE "chat_participants" ADD COLUMN "left_by_choice" BOOLEAN NOT NULL DEFAULT false;
