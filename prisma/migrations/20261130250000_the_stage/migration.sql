SET LOCAL lock_timeout = '5s';

CREATE TYPE "live_status" AS ENUM ('UPCOMING', 'OPEN', 'PAUSED', 'ENDED');
CREATE TYPE "poll_kind" AS ENUM ('SINGLE', 'MULTIPLE', 'RATING', 'OPEN_TEXT');
CREATE TYPE "poll_status" AS ENUM ('DRAFT', 'OPEN', 'CLOSED', 'CANCELLED');
CREATE TYPE "poll_reveal" AS ENUM ('ALWAYS', 'AFTER_VOTE', 'AFTER_CLOSE', 'TEAM');
CREATE TYPE "poll_anonymity" AS ENUM ('ANONYMOUS', 'NAMED');
CREATE TYPE "question_status" AS ENUM ('PENDING', 'VISIBLE', 'ANSWERING', 'ANSWERED', 'DISMISSED', 'WITHDRAWN');
CREATE TYPE "dismissal_reason" AS ENUM ('OFF_TOPIC', 'DUPLICATE', 'ABUSE', 'ANSWERED_BEFORE', 'TIME');

-- The stage of an event. Everything else of it hangs on this row.
CREATE TABLE "live_sessions" (
  "event_id" UUID NOT NULL,
  "status" "live_status" NOT NULL DEFAULT 'UPCOMING',
  "opened_at" TIMESTAMPTZ(3),
  "ended_at" TIMESTAMPTZ(3),
  "settings" JSONB NOT NULL DEFAULT '{}',
  "pinned" JSONB,
  "applause_total" JSONB NOT NULL DEFAULT '{}',
  "peak_viewers" INTEGER NOT NULL DEFAULT 0,
  "stored_seq" BIGINT NOT NULL DEFAULT 0,
  "summarised_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "live_sessions_pkey" PRIMARY KEY ("event_id"),
  CONSTRAINT "live_sessions_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "events"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "live_sessions_times_check" CHECK ((status = 'UPCOMING') = (opened_at IS NULL) OR status = 'ENDED')
);
CREATE INDEX "live_sessions_status_ended_at_idx" ON "live_sessions"("status", "ended_at");

CREATE TABLE "live_applause" (
  "event_id" UUID NOT NULL,
  "minute" TIMESTAMPTZ(3) NOT NULL,
  "emoji" TEXT NOT NULL,
  "count" BIGINT NOT NULL,
  CONSTRAINT "live_applause_pkey" PRIMARY KEY ("event_id", "minute", "emoji"),
  CONSTRAINT "live_applause_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "live_sessions"("event_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "live_applause_count_check" CHECK (count > 0)
);

CREATE TABLE "live_viewers" (
  "event_id" UUID NOT NULL,
  "minute" TIMESTAMPTZ(3) NOT NULL,
  "peak" INTEGER NOT NULL,
  CONSTRAINT "live_viewers_pkey" PRIMARY KEY ("event_id", "minute"),
  CONSTRAINT "live_viewers_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "live_sessions"("event_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "live_viewers_peak_check" CHECK (peak >= 0)
);

CREATE TABLE "polls" (
  "id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "author_id" UUID NOT NULL,
  "kind" "poll_kind" NOT NULL,
  "prompt" TEXT NOT NULL,
  "status" "poll_status" NOT NULL DEFAULT 'DRAFT',
  "reveal" "poll_reveal" NOT NULL DEFAULT 'AFTER_VOTE',
  "max_choices" INTEGER NOT NULL DEFAULT 1,
  "anonymity" "poll_anonymity" NOT NULL DEFAULT 'ANONYMOUS',
  "admitted_only" BOOLEAN NOT NULL DEFAULT false,
  "seconds" INTEGER,
  "opened_at" TIMESTAMPTZ(3),
  "closes_at" TIMESTAMPTZ(3),
  "closed_at" TIMESTAMPTZ(3),
  "voters" INTEGER NOT NULL DEFAULT 0,
  "is_edited" BOOLEAN NOT NULL DEFAULT false,
  "key" TEXT,
  "key_destroyed_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "sort_order" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "polls_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "polls_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "live_sessions"("event_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "polls_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "polls_bounds_check" CHECK (
    char_length(prompt) BETWEEN 1 AND 300 AND max_choices BETWEEN 1 AND 12 AND voters >= 0 AND seconds BETWEEN 5 AND 600),
  CONSTRAINT "polls_key_check" CHECK (key IS NULL OR key_destroyed_at IS NULL)
);
CREATE INDEX "polls_event_id_sort_order_idx" ON "polls"("event_id", "sort_order");
CREATE INDEX "polls_author_id_idx" ON "polls"("author_id");
CREATE INDEX "polls_open_closes_at_idx" ON "polls"("closes_at") WHERE (status = 'OPEN');
CREATE INDEX "polls_keyed_closed_at_idx" ON "polls"("closed_at") WHERE (key IS NOT NULL);

CREATE TABLE "poll_options" (
  "id" UUID NOT NULL,
  "poll_id" UUID NOT NULL,
  "text" TEXT NOT NULL,
  "sort_order" INTEGER NOT NULL,
  "votes" INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT "poll_options_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "poll_options_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "polls"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "poll_options_bounds_check" CHECK (char_length(text) BETWEEN 1 AND 120 AND votes >= 0)
);
CREATE UNIQUE INDEX "poll_options_poll_id_sort_order_key" ON "poll_options"("poll_id", "sort_order");

-- Of an anonymous poll a row has neither a person nor a time, and its hash leads to nobody once the poll's key is gone.
CREATE TABLE "poll_votes" (
  "poll_id" UUID NOT NULL,
  "voter_hash" BYTEA NOT NULL,
  "user_id" UUID,
  "choices" UUID[],
  "text" TEXT,
  "cast_at" TIMESTAMPTZ(3),
  CONSTRAINT "poll_votes_pkey" PRIMARY KEY ("poll_id", "voter_hash"),
  CONSTRAINT "poll_votes_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "polls"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "poll_votes_hash_check" CHECK (octet_length(voter_hash) = 32),
  CONSTRAINT "poll_votes_text_check" CHECK (char_length(text) BETWEEN 1 AND 200)
);

CREATE TABLE "questions" (
  "id" UUID NOT NULL,
  "event_id" UUID NOT NULL,
  "author_id" UUID NOT NULL,
  "is_anonymous" BOOLEAN NOT NULL DEFAULT false,
  "body" TEXT NOT NULL,
  "status" "question_status" NOT NULL,
  "dismissal_reason" "dismissal_reason",
  "upvotes" INTEGER NOT NULL DEFAULT 1,
  "answer" TEXT,
  "merged_into_id" UUID,
  "decided_by_id" UUID,
  "decided_at" TIMESTAMPTZ(3),
  "version" INTEGER NOT NULL DEFAULT 1,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "questions_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "questions_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "live_sessions"("event_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "questions_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "questions_decided_by_id_fkey" FOREIGN KEY ("decided_by_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "questions_merged_into_id_fkey" FOREIGN KEY ("merged_into_id") REFERENCES "questions"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "questions_bounds_check" CHECK (
    char_length(body) BETWEEN 1 AND 500 AND char_length(answer) <= 5000 AND upvotes >= 0),
  CONSTRAINT "questions_dismissal_check" CHECK ((status = 'DISMISSED') = (dismissal_reason IS NOT NULL))
);
CREATE INDEX "questions_event_id_status_upvotes_created_at_id_idx" ON "questions"("event_id", "status", "upvotes" DESC, "created_at", "id");
CREATE INDEX "questions_author_id_event_id_idx" ON "questions"("author_id", "event_id");
CREATE INDEX "questions_decided_by_id_idx" ON "questions"("decided_by_id");
CREATE INDEX "questions_merged_into_id_idx" ON "questions"("merged_into_id");

CREATE TABLE "question_votes" (
  "question_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  CONSTRAINT "question_votes_pkey" PRIMARY KEY ("question_id", "user_id"),
  CONSTRAINT "question_votes_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "questions"("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE TABLE "stage_mutes" (
  "event_id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "until" TIMESTAMPTZ(3) NOT NULL,
  "is_removed" BOOLEAN NOT NULL DEFAULT false,
  "by_id" UUID NOT NULL,
  "reason" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "stage_mutes_pkey" PRIMARY KEY ("event_id", "user_id"),
  CONSTRAINT "stage_mutes_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "live_sessions"("event_id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "stage_mutes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "stage_mutes_by_id_fkey" FOREIGN KEY ("by_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "stage_mutes_reason_check" CHECK (char_length(reason) BETWEEN 1 AND 500)
);
CREATE INDEX "stage_mutes_user_id_idx" ON "stage_mutes"("user_id");
CREATE INDEX "stage_mutes_by_id_idx" ON "stage_mutes"("by_id");
