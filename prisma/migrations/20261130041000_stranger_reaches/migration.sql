SET LOCAL lock_timeout = '5s';

-- How many strangers somebody brought into chats and bookings within a day.
CREATE TABLE "stranger_reaches" (
    "user_id" UUID NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "count" INTEGER NOT NULL,

    CONSTRAINT "stranger_reaches_pkey" PRIMARY KEY ("user_id"),
    CONSTRAINT "stranger_reaches_count_check" CHECK ("count" >= 0),
    CONSTRAINT "stranger_reaches_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
