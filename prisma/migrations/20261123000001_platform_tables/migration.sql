SET LOCAL lock_timeout = '5s';

-- Columns without a default, or with a constant one, do not rewrite the tables that are there already.
CREATE TYPE "gender" AS ENUM ('FEMALE', 'MALE', 'NON_BINARY', 'OTHER', 'UNDISCLOSED');
CREATE TYPE "profile_visibility" AS ENUM ('PUBLIC', 'MEMBERS', 'FOLLOWERS', 'FRIENDS', 'PRIVATE');
CREATE TYPE "chat_notification_level" AS ENUM ('ALL', 'MENTIONS', 'NOTHING');

ALTER TABLE "audit_logs"
  ADD COLUMN "payload_commitment" BYTEA,
  ADD COLUMN "payload_salt" BYTEA,
  ADD COLUMN "prev_hash" BYTEA,
  ADD COLUMN "row_hash" BYTEA,
  ADD COLUMN "seq" BIGINT,
  ADD COLUMN "stream" TEXT;

ALTER TABLE "chat_participants"
  ADD COLUMN "muted_until" TIMESTAMPTZ(3),
  ADD COLUMN "notification_level" "chat_notification_level" NOT NULL DEFAULT 'ALL';

ALTER TABLE "chats"
  ADD COLUMN "archived_at" TIMESTAMPTZ(3),
  ADD COLUMN "avatar_asset_id" UUID,
  ADD COLUMN "event_id" UUID,
  ADD COLUMN "slow_mode_seconds" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "profiles"
  ADD COLUMN "avatar_asset_id" UUID,
  ADD COLUMN "city" TEXT,
  ADD COLUMN "country" TEXT,
  ADD COLUMN "cover_asset_id" UUID,
  ADD COLUMN "date_of_birth" TEXT,
  ADD COLUMN "gender" "gender",
  ADD COLUMN "headline" TEXT,
  ADD COLUMN "languages" TEXT[] DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "latitude" DOUBLE PRECISION,
  ADD COLUMN "longitude" DOUBLE PRECISION,
  ADD COLUMN "visibility" "profile_visibility" NOT NULL DEFAULT 'PUBLIC',
  ADD COLUMN "website" TEXT;

ALTER TABLE "users"
  ADD COLUMN "erased_at" TIMESTAMPTZ(3),
  ADD COLUMN "hidden_at" TIMESTAMPTZ(3),
  ADD COLUMN "locale" TEXT NOT NULL DEFAULT 'en',
  ADD COLUMN "phone" TEXT,
  ADD COLUMN "phone_hash" TEXT,
  ADD COLUMN "time_zone" TEXT NOT NULL DEFAULT 'UTC',
  ADD COLUMN "time_zone_changed_at" TIMESTAMPTZ(3),
  ADD COLUMN "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false;

CREATE TYPE "verification_kind" AS ENUM ('EMAIL', 'PHONE', 'IDENTITY', 'ADDRESS', 'BUSINESS');

CREATE TYPE "verification_status" AS ENUM ('PENDING', 'SUBMITTED', 'APPROVED', 'REJECTED', 'EXPIRED');

CREATE TYPE "verification_method" AS ENUM ('LINK', 'CODE', 'DOCUMENT', 'PROVIDER', 'MANUAL');

CREATE TYPE "identity_document_kind" AS ENUM ('PASSPORT', 'NATIONAL_ID', 'DRIVING_LICENCE', 'RESIDENCE_PERMIT', 'TRADE_LICENCE');

CREATE TYPE "interest_level" AS ENUM ('CURIOUS', 'REGULAR', 'DEVOTED');

CREATE TYPE "contact_relation" AS ENUM ('PARENT', 'PARTNER', 'SIBLING', 'CHILD', 'RELATIVE', 'FRIEND', 'COLLEAGUE', 'OTHER');

CREATE TYPE "device_platform" AS ENUM ('IOS', 'ANDROID', 'WEB', 'DESKTOP');

CREATE TYPE "push_provider" AS ENUM ('FCM', 'APNS', 'WEB_PUSH');

CREATE TYPE "event_type" AS ENUM ('SOCIAL_MEETUP', 'TECH_INNOVATION', 'MUSIC_CONCERT', 'SPORTS_FITNESS', 'ARTS_CULTURE', 'FOOD_DRINK', 'OUTDOOR_ADVENTURE', 'GAMING', 'EDUCATION_WORKSHOP', 'BUSINESS_NETWORKING', 'HEALTH_WELLNESS', 'CHARITY_VOLUNTEER', 'FESTIVAL', 'CONFERENCE', 'EXHIBITION', 'RELIGIOUS_SPIRITUAL', 'FAMILY_KIDS', 'TRAVEL_TOUR', 'FILM_MEDIA', 'OTHER');

CREATE TYPE "event_status" AS ENUM ('DRAFT', 'PENDING_REVIEW', 'PUBLISHED', 'ONGOING', 'COMPLETED', 'CANCELLED', 'POSTPONED');

CREATE TYPE "event_visibility" AS ENUM ('PUBLIC', 'UNLISTED', 'FOLLOWERS', 'INVITE_ONLY', 'PRIVATE');

CREATE TYPE "event_mode" AS ENUM ('PHYSICAL', 'ONLINE', 'HYBRID');

CREATE TYPE "age_restriction" AS ENUM ('ALL_AGES', 'AGE_13', 'AGE_16', 'AGE_18', 'AGE_21');

CREATE TYPE "skill_level" AS ENUM ('ANY', 'BEGINNER', 'INTERMEDIATE', 'ADVANCED', 'EXPERT');

CREATE TYPE "approval_mode" AS ENUM ('AUTOMATIC', 'MANUAL');

CREATE TYPE "event_cancellation_reason" AS ENUM ('HOST_UNAVAILABLE', 'VENUE_UNAVAILABLE', 'TOO_FEW_PARTICIPANTS', 'WEATHER', 'SAFETY', 'LEGAL', 'MODERATION', 'OTHER');

CREATE TYPE "ticket_kind" AS ENUM ('GENERAL', 'EARLY_BIRD', 'VIP', 'STUDENT', 'GROUP', 'DONATION', 'STAFF', 'COMPLIMENTARY');

CREATE TYPE "ticket_type_status" AS ENUM ('DRAFT', 'ON_SALE', 'PAUSED', 'CLOSED');

CREATE TYPE "ticket_visibility" AS ENUM ('PUBLIC', 'WITH_CODE', 'HOST_ONLY');

CREATE TYPE "hold_state" AS ENUM ('HELD', 'SOLD', 'RELEASED', 'EXPIRED', 'RETURNED');

CREATE TYPE "booking_status" AS ENUM ('REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED', 'REJECTED', 'WITHDRAWN', 'EXPIRED', 'CANCELLED');

CREATE TYPE "booking_source" AS ENUM ('WEB', 'MOBILE', 'API', 'HOST', 'WAITLIST', 'IMPORT');

CREATE TYPE "booking_cancellation_reason" AS ENUM ('BY_ATTENDEE', 'BY_HOST', 'EVENT_CANCELLED', 'PAYMENT_FAILED', 'LATE_PAYMENT', 'FRAUD', 'DISPUTE_LOST', 'SANCTION');

CREATE TYPE "admission_status" AS ENUM ('RESERVED', 'ISSUED', 'CANCELLED', 'TRANSFERRED');

CREATE TYPE "participant_role" AS ENUM ('ATTENDEE', 'SPEAKER', 'PERFORMER', 'VOLUNTEER', 'STAFF', 'PRESS', 'GUEST');

CREATE TYPE "scan_kind" AS ENUM ('ENTRY', 'EXIT', 'UNDO');

CREATE TYPE "scan_verdict" AS ENUM ('ADMITTED', 'REFUSED');

CREATE TYPE "scan_mode" AS ENUM ('ONLINE', 'OFFLINE');

CREATE TYPE "scan_trust" AS ENUM ('TRUSTED', 'CLOCK_SUSPECT', 'UNTRUSTED');

CREATE TYPE "scan_rejection" AS ENUM ('MALFORMED', 'BAD_SIGNATURE', 'WRONG_EVENT', 'REVOKED', 'CANCELLED', 'WRONG_LIST', 'OUTSIDE_WINDOW', 'UNPAID', 'QUESTION_UNANSWERED', 'ALREADY_INSIDE', 'CUSTOM_RULE');

CREATE TYPE "update_kind" AS ENUM ('NEWS', 'SCHEDULE_CHANGE', 'VENUE_CHANGE', 'REMINDER', 'SAFETY', 'CANCELLATION');

CREATE TYPE "update_audience" AS ENUM ('PUBLIC', 'PARTICIPANTS', 'WAITLIST', 'STAFF');

CREATE TYPE "waitlist_status" AS ENUM ('WAITING', 'OFFERED', 'CONVERTED', 'LEFT', 'REMOVED', 'REVOKED');

CREATE TYPE "discount_kind" AS ENUM ('PERCENT', 'FIXED_AMOUNT', 'FREE_TICKET');

CREATE TYPE "promo_unit" AS ENUM ('PER_ORDER', 'PER_TICKET');

CREATE TYPE "promo_status" AS ENUM ('DRAFT', 'ACTIVE', 'PAUSED', 'ENDED');

CREATE TYPE "promo_funding" AS ENUM ('HOST', 'PLATFORM');

CREATE TYPE "payment_status" AS ENUM ('PENDING', 'REQUIRES_ACTION', 'PROCESSING', 'AUTHORIZED', 'COMPLETED', 'FAILED', 'CANCELLED', 'PARTIALLY_REFUNDED', 'REFUNDED', 'DISPUTED', 'DISPUTE_WON', 'DISPUTE_LOST', 'QUARANTINED');

CREATE TYPE "payment_method" AS ENUM ('CARD', 'BKASH', 'NAGAD', 'ROCKET', 'BANK_TRANSFER', 'WALLET', 'PAYPAL', 'APPLE_PAY', 'GOOGLE_PAY', 'CASH');

CREATE TYPE "payment_provider" AS ENUM ('SANDBOX', 'STRIPE', 'SSLCOMMERZ', 'BKASH', 'PAYPAL', 'INTERNAL');

CREATE TYPE "payment_purpose" AS ENUM ('BOOKING', 'SUBSCRIPTION', 'WALLET_TOP_UP');

CREATE TYPE "payment_failure_code" AS ENUM ('DECLINED', 'INSUFFICIENT_FUNDS', 'EXPIRED_CARD', 'AUTHENTICATION_FAILED', 'FRAUD_SUSPECTED', 'PROVIDER_UNAVAILABLE', 'TIMEOUT', 'AMOUNT_MISMATCH', 'OTHER');

CREATE TYPE "journal_kind" AS ENUM ('CAPTURE', 'PROVIDER_FEE', 'PROMO', 'RELEASE', 'REFUND', 'DISPUTE_OPENED', 'DISPUTE_WON', 'DISPUTE_LOST', 'PAYOUT_SUBMITTED', 'PAYOUT_PAID', 'PAYOUT_RETURNED', 'WALLET_TOP_UP', 'WALLET_SPEND', 'WALLET_WITHDRAWAL', 'SUBSCRIPTION', 'EXCHANGE', 'REVERSAL', 'ADJUSTMENT');

CREATE TYPE "journal_source" AS ENUM ('PAYMENT', 'REFUND', 'DISPUTE', 'PAYOUT', 'WALLET_HOLD', 'SUBSCRIPTION', 'PROMO_REDEMPTION', 'EVENT', 'RECONCILIATION', 'MANUAL');

CREATE TYPE "refund_status" AS ENUM ('REQUESTED', 'SUBMITTED', 'UNKNOWN', 'SETTLED', 'FAILED');

CREATE TYPE "refund_reason" AS ENUM ('BY_ATTENDEE', 'BY_HOST', 'EVENT_CANCELLED', 'LATE_PAYMENT', 'DUPLICATE', 'FRAUD', 'GOODWILL', 'EXTERNAL');

CREATE TYPE "refund_initiator" AS ENUM ('ATTENDEE', 'HOST', 'PLATFORM', 'PROVIDER');

CREATE TYPE "subscription_status" AS ENUM ('TRIALING', 'ACTIVE', 'PAST_DUE', 'PAUSED', 'CANCELLED', 'EXPIRED');

CREATE TYPE "payout_account_kind" AS ENUM ('BANK_ACCOUNT', 'BKASH', 'NAGAD', 'PAYPAL', 'STRIPE_CONNECT');

CREATE TYPE "payout_account_status" AS ENUM ('UNVERIFIED', 'PENDING', 'VERIFIED', 'REJECTED', 'DISABLED');

CREATE TYPE "payout_status" AS ENUM ('DRAFT', 'LOCKED', 'SUBMITTING', 'IN_TRANSIT', 'PAID', 'RETURNED', 'UNKNOWN', 'FAILED', 'ON_HOLD');

CREATE TYPE "payout_hold_reason" AS ENUM ('RISK_REVIEW', 'KYC_MISSING', 'ACCOUNT_CHANGED', 'MASS_REFUND', 'DISPUTES', 'MANUAL');

CREATE TYPE "commission_scope" AS ENUM ('GLOBAL', 'CATEGORY', 'HOST', 'EVENT');

CREATE TYPE "fee_payer" AS ENUM ('ATTENDEE', 'HOST');

CREATE TYPE "wallet_status" AS ENUM ('ACTIVE', 'FROZEN', 'CLOSED');

CREATE TYPE "ledger_account_kind" AS ENUM ('PSP_CLEARING', 'BANK', 'ATTENDEE_WALLET', 'HOST_PENDING', 'HOST_AVAILABLE', 'PAYOUT_IN_TRANSIT', 'PLATFORM_COMMISSION', 'PSP_FEE_EXPENSE', 'TAX_PAYABLE', 'PROMO_EXPENSE', 'DISPUTE_RESERVE', 'HOST_RECEIVABLE', 'SUBSCRIPTION_DEFERRED', 'FX_LIQUIDITY', 'SUSPENSE');

CREATE TYPE "ledger_side" AS ENUM ('DEBIT', 'CREDIT');

CREATE TYPE "friendship_status" AS ENUM ('PENDING', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'ENDED');

CREATE TYPE "follow_notice" AS ENUM ('ALL', 'HIGHLIGHTS', 'NONE');

CREATE TYPE "post_kind" AS ENUM ('TEXT', 'PHOTO', 'VIDEO', 'LINK', 'EVENT_SHARE', 'CHECK_IN');

CREATE TYPE "post_visibility" AS ENUM ('PUBLIC', 'FOLLOWERS', 'FRIENDS', 'PARTICIPANTS', 'PRIVATE');

CREATE TYPE "post_reaction" AS ENUM ('LIKE', 'LOVE', 'LAUGH', 'WOW', 'SAD', 'APPLAUSE');

CREATE TYPE "comment_status" AS ENUM ('VISIBLE', 'HELD', 'HIDDEN', 'DELETED');

CREATE TYPE "story_kind" AS ENUM ('PHOTO', 'VIDEO', 'TEXT');

CREATE TYPE "story_audience" AS ENUM ('PUBLIC', 'FOLLOWERS', 'CLOSE_FRIENDS');

CREATE TYPE "media_kind" AS ENUM ('IMAGE', 'VIDEO', 'AUDIO', 'DOCUMENT');

CREATE TYPE "media_purpose" AS ENUM ('AVATAR', 'COVER', 'POST', 'STORY', 'MESSAGE', 'EVENT', 'REVIEW', 'IDENTITY_DOCUMENT', 'EVIDENCE', 'TICKET_ATTACHMENT');

CREATE TYPE "media_scan_state" AS ENUM ('PENDING', 'CLEAN', 'INFECTED', 'FLAGGED', 'FAILED');

CREATE TYPE "exif_policy" AS ENUM ('STRIP', 'KEEP_ORIENTATION', 'KEEP');

CREATE TYPE "media_status" AS ENUM ('UPLOADING', 'READY', 'REJECTED', 'DELETED');

CREATE TYPE "review_subject" AS ENUM ('EVENT', 'HOST');

CREATE TYPE "review_status" AS ENUM ('PENDING', 'PUBLISHED', 'HELD', 'HIDDEN', 'WITHDRAWN');

CREATE TYPE "rating_category" AS ENUM ('ORGANISATION', 'VENUE', 'CONTENT', 'VALUE', 'SAFETY', 'ATMOSPHERE', 'COMMUNICATION', 'ACCESSIBILITY');

CREATE TYPE "review_vote_kind" AS ENUM ('HELPFUL', 'UNHELPFUL');

CREATE TYPE "notification_type" AS ENUM ('BOOKING_REQUESTED', 'BOOKING_CONFIRMED', 'BOOKING_REJECTED', 'BOOKING_CANCELLED', 'BOOKING_EXPIRED', 'TICKET_ISSUED', 'TICKET_TRANSFERRED', 'PAYMENT_COMPLETED', 'PAYMENT_FAILED', 'REFUND_SETTLED', 'PAYOUT_PAID', 'PAYOUT_FAILED', 'WAITLIST_OFFERED', 'WAITLIST_LAPSED', 'EVENT_UPDATED', 'EVENT_CANCELLED', 'EVENT_REMINDER', 'EVENT_STARTING', 'CHECKED_IN', 'FRIEND_REQUEST', 'FRIEND_ACCEPTED', 'NEW_FOLLOWER', 'NEW_MESSAGE', 'MENTION', 'POST_LIKED', 'POST_COMMENTED', 'REVIEW_REQUESTED', 'REVIEW_RECEIVED', 'REVIEW_REPLIED', 'BADGE_EARNED', 'ACHIEVEMENT_UNLOCKED', 'LEVEL_UP', 'STREAK_AT_RISK', 'REFERRAL_REWARDED', 'SAFETY_CHECK_IN_DUE', 'SAFETY_ESCALATED', 'REPORT_DECIDED', 'WARNING_ISSUED', 'ACCOUNT_SUSPENDED', 'APPEAL_DECIDED', 'SECURITY_ALERT', 'SUPPORT_REPLIED', 'ANNOUNCEMENT', 'SYSTEM');

CREATE TYPE "notification_category" AS ENUM ('SECURITY', 'PAYMENT', 'TICKET', 'SAFETY', 'EVENT', 'SOCIAL', 'CHAT', 'REVIEW', 'GAMIFICATION', 'SUPPORT', 'MARKETING', 'SYSTEM');

CREATE TYPE "notification_priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

CREATE TYPE "notification_channel" AS ENUM ('IN_APP', 'PUSH', 'EMAIL', 'SMS', 'WEBHOOK');

CREATE TYPE "delivery_status" AS ENUM ('PENDING', 'SENDING', 'SENT', 'SEEN', 'READ', 'BUNDLED', 'SUPPRESSED', 'DEAD');

CREATE TYPE "suppression_reason" AS ENUM ('PREFERENCE', 'MUTED', 'BLOCKED', 'IRRELEVANT', 'EXPIRED', 'ALREADY_READ', 'NO_ENDPOINT', 'SANCTION');

CREATE TYPE "digest_frequency" AS ENUM ('IMMEDIATE', 'HOURLY', 'DAILY', 'WEEKLY');

CREATE TYPE "fanout_audience" AS ENUM ('EVENT_PARTICIPANTS', 'EVENT_WAITLIST', 'EVENT_SAVERS', 'HOST_FOLLOWERS', 'ROLE', 'EVERYONE');

CREATE TYPE "fanout_status" AS ENUM ('SCHEDULED', 'RUNNING', 'PAUSED', 'DONE', 'FAILED', 'CANCELLED');

CREATE TYPE "template_status" AS ENUM ('DRAFT', 'ACTIVE', 'RETIRED');

CREATE TYPE "badge_tier" AS ENUM ('BRONZE', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND');

CREATE TYPE "badge_category" AS ENUM ('ATTENDANCE', 'HOSTING', 'SOCIAL', 'REVIEWING', 'SAFETY', 'COMMUNITY', 'SEASONAL');

CREATE TYPE "achievement_metric" AS ENUM ('EVENTS_ATTENDED', 'EVENTS_HOSTED', 'REVIEWS_WRITTEN', 'FRIENDS_MADE', 'REFERRALS_REWARDED', 'STREAK_DAYS', 'POINTS_EARNED', 'CITIES_VISITED');

CREATE TYPE "achievement_status" AS ENUM ('LOCKED', 'IN_PROGRESS', 'UNLOCKED', 'REVOKED');

CREATE TYPE "point_source" AS ENUM ('CHECK_IN', 'EVENT_HOSTED', 'REVIEW', 'REFERRAL', 'STREAK', 'ACHIEVEMENT', 'BADGE', 'PROFILE_COMPLETED', 'ADMIN', 'REDEMPTION', 'REVERSAL');

CREATE TYPE "leaderboard_metric" AS ENUM ('POINTS', 'EVENTS_ATTENDED', 'EVENTS_HOSTED', 'REFERRALS', 'STREAK');

CREATE TYPE "leaderboard_period" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY', 'ALL_TIME');

CREATE TYPE "leaderboard_scope" AS ENUM ('GLOBAL', 'COUNTRY', 'CITY', 'CATEGORY', 'FRIENDS');

CREATE TYPE "leaderboard_status" AS ENUM ('OPEN', 'CLOSING', 'CLOSED');

CREATE TYPE "referral_status" AS ENUM ('PENDING', 'QUALIFIED', 'HELD', 'REWARDED', 'REJECTED', 'REVERSED');

CREATE TYPE "streak_kind" AS ENUM ('CHECK_IN', 'LOGIN', 'HOSTING');

CREATE TYPE "subject_kind" AS ENUM ('USER', 'EVENT', 'MESSAGE', 'POST', 'COMMENT', 'STORY', 'REVIEW', 'MEDIA', 'CHAT', 'EVENT_UPDATE');

CREATE TYPE "report_reason" AS ENUM ('SPAM', 'SCAM', 'HARASSMENT', 'HATE', 'VIOLENCE', 'SEXUAL_CONTENT', 'CHILD_SAFETY', 'SELF_HARM', 'ILLEGAL_GOODS', 'IMPERSONATION', 'FALSE_INFORMATION', 'PRIVACY', 'INTELLECTUAL_PROPERTY', 'UNSAFE_EVENT', 'NO_SHOW_HOST', 'OTHER');

CREATE TYPE "report_status" AS ENUM ('OPEN', 'QUEUED', 'ASSIGNED', 'ESCALATED', 'CLOSED');

CREATE TYPE "report_resolution" AS ENUM ('ACTIONED', 'DISMISSED', 'DUPLICATE');

CREATE TYPE "block_kind" AS ENUM ('BLOCK', 'MUTE');

CREATE TYPE "trust_level" AS ENUM ('NEW', 'BASIC', 'MEMBER', 'REGULAR', 'TRUSTED', 'RESTRICTED');

CREATE TYPE "safety_check_in_status" AS ENUM ('SCHEDULED', 'DUE', 'CONFIRMED', 'MISSED', 'ESCALATED', 'RESOLVED', 'CANCELLED');

CREATE TYPE "queue_priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'CRITICAL');

CREATE TYPE "queue_item_status" AS ENUM ('WAITING', 'CLAIMED', 'DONE', 'RELEASED');

CREATE TYPE "moderation_origin" AS ENUM ('REPORT', 'AUTOMATIC', 'APPEAL', 'SWEEP', 'MANUAL');

CREATE TYPE "warning_severity" AS ENUM ('NOTICE', 'WARNING', 'FINAL_WARNING');

CREATE TYPE "sanction_kind" AS ENUM ('RESTRICTION', 'SUSPENSION', 'BAN');

CREATE TYPE "sanction_status" AS ENUM ('ACTIVE', 'EXPIRED', 'REVERSED');

CREATE TYPE "restricted_feature" AS ENUM ('CHAT', 'POSTING', 'COMMENTING', 'HOSTING', 'BOOKING', 'REVIEWING', 'MESSAGING_STRANGERS', 'UPLOADING', 'REPORTING');

CREATE TYPE "suspicion_kind" AS ENUM ('CREDENTIAL_STUFFING', 'IMPOSSIBLE_TRAVEL', 'MULTIPLE_ACCOUNTS', 'PAYMENT_FRAUD', 'CARD_TESTING', 'TICKET_SCALPING', 'REFERRAL_ABUSE', 'SPAM_BURST', 'SCRAPING', 'STOLEN_DEVICE');

CREATE TYPE "risk_level" AS ENUM ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL');

CREATE TYPE "suspicion_status" AS ENUM ('OPEN', 'REVIEWING', 'CONFIRMED', 'DISMISSED');

CREATE TYPE "moderation_action_kind" AS ENUM ('WARN', 'HIDE', 'REMOVE', 'RESTRICT', 'SUSPEND', 'BAN', 'REVERSE', 'DISMISS', 'ESCALATE');

CREATE TYPE "appeal_status" AS ENUM ('SUBMITTED', 'UNDER_REVIEW', 'UPHELD', 'OVERTURNED', 'PARTIAL', 'WITHDRAWN');

CREATE TYPE "decision_ground" AS ENUM ('TERMS_OF_SERVICE', 'COMMUNITY_RULES', 'LAW', 'COURT_ORDER');

CREATE TYPE "activity_kind" AS ENUM ('PAGE_VIEW', 'EVENT_VIEW', 'SEARCH', 'CLICK', 'SHARE', 'SAVE', 'BOOKING_STARTED', 'BOOKING_FINISHED', 'PROFILE_VIEW', 'LOGIN');

CREATE TYPE "stat_period" AS ENUM ('HOUR', 'DAY', 'WEEK', 'MONTH');

CREATE TYPE "setting_kind" AS ENUM ('STRING', 'NUMBER', 'BOOLEAN', 'JSON', 'SECRET');

CREATE TYPE "flag_kind" AS ENUM ('RELEASE', 'EXPERIMENT', 'OPERATIONS', 'PERMISSION');

CREATE TYPE "api_key_status" AS ENUM ('ACTIVE', 'SUSPENDED', 'REVOKED', 'EXPIRED');

CREATE TYPE "api_key_scope" AS ENUM ('EVENTS_READ', 'EVENTS_WRITE', 'BOOKINGS_READ', 'BOOKINGS_WRITE', 'CHECK_INS_WRITE', 'PEOPLE_READ', 'PAYMENTS_READ', 'WEBHOOKS_WRITE');

CREATE TYPE "job_status" AS ENUM ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');

CREATE TYPE "announcement_kind" AS ENUM ('INFO', 'FEATURE', 'MAINTENANCE', 'INCIDENT', 'POLICY');

CREATE TYPE "announcement_audience" AS ENUM ('EVERYONE', 'HOSTS', 'ATTENDEES', 'STAFF');

CREATE TYPE "faq_status" AS ENUM ('DRAFT', 'PUBLISHED', 'RETIRED');

CREATE TYPE "ticket_status" AS ENUM ('OPEN', 'PENDING', 'ON_HOLD', 'RESOLVED', 'CLOSED');

CREATE TYPE "ticket_priority" AS ENUM ('LOW', 'NORMAL', 'HIGH', 'URGENT');

CREATE TYPE "ticket_category" AS ENUM ('ACCOUNT', 'BOOKING', 'PAYMENT', 'REFUND', 'EVENT', 'SAFETY', 'TECHNICAL', 'PRIVACY', 'OTHER');

CREATE TYPE "response_author" AS ENUM ('CUSTOMER', 'AGENT', 'SYSTEM');

CREATE TYPE "error_severity" AS ENUM ('WARNING', 'ERROR', 'FATAL');

CREATE TYPE "error_source" AS ENUM ('HTTP', 'REALTIME', 'WORKER', 'WEB', 'MOBILE');

CREATE TYPE "webhook_status" AS ENUM ('ACTIVE', 'PAUSED', 'DISABLED');

CREATE TYPE "webhook_topic" AS ENUM ('EVENT_PUBLISHED', 'EVENT_UPDATED', 'EVENT_CANCELLED', 'BOOKING_CONFIRMED', 'BOOKING_CANCELLED', 'PAYMENT_COMPLETED', 'REFUND_SETTLED', 'CHECKED_IN', 'REVIEW_PUBLISHED', 'PAYOUT_PAID');

CREATE TYPE "webhook_event_status" AS ENUM ('RECEIVED', 'PROCESSED', 'IGNORED', 'QUARANTINED', 'FAILED');

CREATE TYPE "redemption_state" AS ENUM ('RESERVED', 'REDEEMED', 'RELEASED');

CREATE TYPE "offer_status" AS ENUM ('OFFERED', 'ACCEPTED', 'DECLINED', 'LAPSED', 'REVOKED');

CREATE TYPE "scanner_status" AS ENUM ('ACTIVE', 'LOST', 'REVOKED');

CREATE TYPE "scan_outcome" AS ENUM ('PENDING', 'ADMITTED', 'DUPLICATE', 'CONFLICT', 'REVOKED', 'REVOKED_ADMITTED', 'EXITED', 'EXIT_WITHOUT_ENTRY', 'VOIDED', 'UNDONE', 'REJECTED', 'UNTRUSTED');

CREATE TYPE "revocation_reason" AS ENUM ('CANCELLED', 'REFUNDED', 'TRANSFERRED', 'REISSUED', 'FRAUD');

CREATE TYPE "signing_key_status" AS ENUM ('ACTIVE', 'RETIRED', 'COMPROMISED');

CREATE TYPE "recurrence_frequency" AS ENUM ('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY');

CREATE TYPE "event_host_role" AS ENUM ('OWNER', 'CO_HOST', 'MANAGER', 'DOOR_STAFF', 'SUPERVISOR');

CREATE TYPE "refund_policy_kind" AS ENUM ('FLEXIBLE', 'MODERATE', 'STRICT', 'NON_REFUNDABLE', 'CUSTOM');

CREATE TYPE "wallet_hold_state" AS ENUM ('PENDING', 'POSTED', 'VOIDED', 'EXPIRED');

CREATE TYPE "payout_item_state" AS ENUM ('PENDING', 'PAID', 'FREED');

CREATE TYPE "dispute_status" AS ENUM ('OPENED', 'EVIDENCE_SUBMITTED', 'WON', 'LOST', 'WITHDRAWN');

CREATE TYPE "dispute_reason" AS ENUM ('FRAUDULENT', 'NOT_RECEIVED', 'NOT_AS_DESCRIBED', 'DUPLICATE', 'CREDIT_NOT_PROCESSED', 'OTHER');

CREATE TYPE "invoice_status" AS ENUM ('DRAFT', 'ISSUED', 'PAID', 'VOID', 'CREDITED');

CREATE TYPE "invoice_kind" AS ENUM ('TICKETS', 'SUBSCRIPTION', 'COMMISSION', 'CREDIT_NOTE');

CREATE TYPE "tax_kind" AS ENUM ('VAT', 'GST', 'SALES_TAX', 'SERVICE_TAX');

CREATE TYPE "plan_interval" AS ENUM ('MONTH', 'QUARTER', 'YEAR');

CREATE TYPE "plan_audience" AS ENUM ('HOST', 'MEMBER');

CREATE TYPE "break_kind" AS ENUM ('MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'CURRENCY_DIFFERS', 'STATUS_DIFFERS');

CREATE TYPE "break_status" AS ENUM ('OPEN', 'EXPLAINED', 'CORRECTED');

CREATE TYPE "freeze_origin" AS ENUM ('EARNED', 'PURCHASED', 'GRANTED');

CREATE TYPE "case_status" AS ENUM ('OPEN', 'DECIDED', 'APPEALED', 'CLOSED');

CREATE TYPE "effect_kind" AS ENUM ('CONTENT_HIDDEN', 'CONTENT_REMOVED', 'FEATURE_RESTRICTED', 'SESSIONS_REVOKED', 'HOLDS_RELEASED', 'ACCOUNT_SUSPENDED', 'ACCOUNT_BANNED');

CREATE TYPE "trust_signal" AS ENUM ('EMAIL_VERIFIED', 'PHONE_VERIFIED', 'IDENTITY_VERIFIED', 'EVENT_ATTENDED', 'EVENT_HOSTED', 'REPORT_UPHELD', 'REPORT_REJECTED', 'SANCTIONED', 'SANCTION_REVERSED', 'PAYMENT_DISPUTED', 'REVIEW_HELPFUL', 'DECAY');

CREATE TYPE "webhook_delivery_status" AS ENUM ('PENDING', 'DELIVERED', 'FAILED', 'ABANDONED');

CREATE TYPE "data_request_kind" AS ENUM ('EXPORT', 'ERASURE', 'RECTIFICATION', 'RESTRICTION');

CREATE TYPE "data_request_status" AS ENUM ('RECEIVED', 'VERIFIED', 'RUNNING', 'DONE', 'REJECTED', 'CANCELLED');

CREATE TYPE "consent_purpose" AS ENUM ('TERMS', 'PRIVACY', 'MARKETING_EMAIL', 'MARKETING_PUSH', 'ANALYTICS', 'LOCATION', 'PHOTO_PUBLICATION');

CREATE TYPE "auth_provider" AS ENUM ('GOOGLE', 'APPLE', 'FACEBOOK', 'GITHUB');

CREATE TYPE "mfa_kind" AS ENUM ('TOTP', 'WEBAUTHN', 'RECOVERY_CODE', 'SMS');

CREATE TYPE "key_status" AS ENUM ('ACTIVE', 'ROTATED', 'DESTROYED');

CREATE TABLE "activity_logs" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "session_id" UUID,
    "event_id" UUID,
    "kind" "activity_kind" NOT NULL,
    "path" TEXT,
    "referrer" TEXT,
    "properties" JSONB,
    "address" TEXT,
    "agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activity_logs_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "dashboard_stats" (
    "id" UUID NOT NULL,
    "metric" TEXT NOT NULL,
    "period" "stat_period" NOT NULL,
    "period_start" TIMESTAMPTZ(3) NOT NULL,
    "dimension" TEXT NOT NULL DEFAULT '',
    "value" BIGINT NOT NULL,
    "currency" TEXT,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dashboard_stats_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "system_settings" (
    "key" TEXT NOT NULL,
    "kind" "setting_kind" NOT NULL DEFAULT 'STRING',
    "value" JSONB NOT NULL,
    "description" TEXT NOT NULL,
    "is_public" BOOLEAN NOT NULL DEFAULT false,
    "updated_by_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "system_settings_pkey" PRIMARY KEY ("key")
);

CREATE TABLE "feature_flags" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" "flag_kind" NOT NULL DEFAULT 'RELEASE',
    "description" TEXT NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT false,
    "rollout_basis_points" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "updated_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_flags_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "prefix" TEXT NOT NULL DEFAULT '',
    "scopes" "api_key_scope"[] DEFAULT ARRAY[]::"api_key_scope"[],
    "status" "api_key_status" NOT NULL DEFAULT 'ACTIVE',
    "rate_limit" INTEGER NOT NULL DEFAULT 1000,
    "current_usage" INTEGER NOT NULL DEFAULT 0,
    "allowed_ips" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "last_used_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "background_jobs" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "status" "job_status" NOT NULL DEFAULT 'QUEUED',
    "requested_by_id" UUID,
    "payload" JSONB NOT NULL,
    "result" JSONB,
    "cursor" TEXT,
    "progress_done" BIGINT NOT NULL DEFAULT 0,
    "progress_total" BIGINT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "last_error" TEXT,
    "dedupe_key" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "background_jobs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "announcements" (
    "id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "kind" "announcement_kind" NOT NULL DEFAULT 'INFO',
    "audience" "announcement_audience" NOT NULL DEFAULT 'EVERYONE',
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(title, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'C')
    ) STORED,

    CONSTRAINT "announcements_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "faqs" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "category" "ticket_category" NOT NULL DEFAULT 'OTHER',
    "question" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "status" "faq_status" NOT NULL DEFAULT 'PUBLISHED',
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "helpful_count" INTEGER NOT NULL DEFAULT 0,
    "updated_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(question, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(answer, '')), 'C')
    ) STORED,

    CONSTRAINT "faqs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "support_tickets" (
    "id" UUID NOT NULL,
    "number" SERIAL NOT NULL,
    "user_id" UUID NOT NULL,
    "assignee_id" UUID,
    "booking_id" UUID,
    "event_id" UUID,
    "category" "ticket_category" NOT NULL DEFAULT 'OTHER',
    "priority" "ticket_priority" NOT NULL DEFAULT 'NORMAL',
    "status" "ticket_status" NOT NULL DEFAULT 'OPEN',
    "subject" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "first_response_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "satisfaction" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(subject, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'C')
    ) STORED,

    CONSTRAINT "support_tickets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ticket_responses" (
    "id" UUID NOT NULL,
    "ticket_id" UUID NOT NULL,
    "author_id" UUID,
    "author_kind" "response_author" NOT NULL,
    "body" TEXT NOT NULL,
    "is_internal" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'C')
    ) STORED,

    CONSTRAINT "ticket_responses_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "error_logs" (
    "id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "source" "error_source" NOT NULL,
    "severity" "error_severity" NOT NULL DEFAULT 'ERROR',
    "name" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "stack" TEXT,
    "release" TEXT,
    "occurrences" BIGINT NOT NULL DEFAULT 1,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "error_logs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "topics" "webhook_topic"[] DEFAULT ARRAY[]::"webhook_topic"[],
    "secret" TEXT NOT NULL,
    "previous_secret" TEXT,
    "previous_secret_until" TIMESTAMPTZ(3),
    "status" "webhook_status" NOT NULL DEFAULT 'ACTIVE',
    "failures_in_row" INTEGER NOT NULL DEFAULT 0,
    "last_success_at" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_webhook_events" (
    "id" UUID NOT NULL,
    "provider" "payment_provider" NOT NULL,
    "provider_event_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "payment_id" UUID,
    "status" "webhook_event_status" NOT NULL DEFAULT 'RECEIVED',
    "payload" JSONB NOT NULL,
    "error" TEXT,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processed_at" TIMESTAMPTZ(3),

    CONSTRAINT "payment_webhook_events_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "promo_redemptions" (
    "id" UUID NOT NULL,
    "promo_code_id" UUID NOT NULL,
    "booking_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "state" "redemption_state" NOT NULL DEFAULT 'RESERVED',
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "discount_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promo_redemptions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "promo_user_counters" (
    "promo_code_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "max_uses" INTEGER,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "redeemed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "promo_user_counters_pkey" PRIMARY KEY ("promo_code_id","user_id")
);

CREATE TABLE "waitlist_offers" (
    "id" UUID NOT NULL,
    "waitlist_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "ticket_type_id" UUID,
    "user_id" UUID NOT NULL,
    "booking_id" UUID,
    "status" "offer_status" NOT NULL DEFAULT 'OFFERED',
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "offered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "waitlist_offers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "check_in_lists" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "ticket_type_ids" UUID[] DEFAULT ARRAY[]::UUID[],
    "allow_reentry" BOOLEAN NOT NULL DEFAULT false,
    "allow_unpaid" BOOLEAN NOT NULL DEFAULT false,
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "rules_epoch" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "check_in_lists_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "scanner_devices" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "registered_by_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" TEXT NOT NULL,
    "status" "scanner_status" NOT NULL DEFAULT 'ACTIVE',
    "last_seq" BIGINT NOT NULL DEFAULT 0,
    "last_seen_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "scanner_devices_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "admission_states" (
    "list_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "is_inside" BOOLEAN NOT NULL DEFAULT false,
    "entries" INTEGER NOT NULL DEFAULT 0,
    "allow_reentry" BOOLEAN NOT NULL DEFAULT false,
    "first_check_in_id" UUID,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "admission_states_pkey" PRIMARY KEY ("list_id","participant_id")
);

CREATE TABLE "check_in_outcomes" (
    "check_in_id" UUID NOT NULL,
    "device_id" UUID,
    "device_seq" BIGINT,
    "outcome" "scan_outcome" NOT NULL DEFAULT 'PENDING',
    "conflicts_with_id" UUID,
    "folded_at" TIMESTAMPTZ(3),

    CONSTRAINT "check_in_outcomes_pkey" PRIMARY KEY ("check_in_id")
);

CREATE TABLE "ticket_revocations" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "participant_id" UUID NOT NULL,
    "min_generation" INTEGER NOT NULL,
    "reason" "revocation_reason" NOT NULL,
    "hybrid_clock" BIGINT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_revocations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_signing_keys" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "key_number" INTEGER NOT NULL,
    "status" "signing_key_status" NOT NULL DEFAULT 'ACTIVE',
    "public_key" TEXT NOT NULL,
    "private_key" TEXT NOT NULL,
    "gate_key" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "retired_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_signing_keys_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_series" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "frequency" "recurrence_frequency" NOT NULL,
    "interval" INTEGER NOT NULL DEFAULT 1,
    "recurrence_rule" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "generated_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_series_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_hosts" (
    "event_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "role" "event_host_role" NOT NULL DEFAULT 'CO_HOST',
    "revenue_share_basis_points" INTEGER NOT NULL DEFAULT 0,
    "invited_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "accepted_at" TIMESTAMPTZ(3),

    CONSTRAINT "event_hosts_pkey" PRIMARY KEY ("event_id","user_id")
);

CREATE TABLE "cancellation_policies" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "name" TEXT NOT NULL,
    "kind" "refund_policy_kind" NOT NULL,
    "steps" JSONB NOT NULL,
    "fees_refundable" BOOLEAN NOT NULL DEFAULT false,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cancellation_policies_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "wallet_holds" (
    "id" UUID NOT NULL,
    "wallet_id" UUID NOT NULL,
    "booking_id" UUID,
    "journal_id" UUID,
    "state" "wallet_hold_state" NOT NULL DEFAULT 'PENDING',
    "amount" BIGINT NOT NULL,
    "posted_amount" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallet_holds_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_items" (
    "id" UUID NOT NULL,
    "payout_id" UUID NOT NULL,
    "booking_id" UUID NOT NULL,
    "journal_id" UUID,
    "state" "payout_item_state" NOT NULL DEFAULT 'PENDING',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payout_items_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "disputes" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "provider_dispute_id" TEXT NOT NULL,
    "status" "dispute_status" NOT NULL DEFAULT 'OPENED',
    "reason" "dispute_reason" NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "evidence" JSONB,
    "evidence_due_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "disputes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invoices" (
    "id" UUID NOT NULL,
    "series" TEXT NOT NULL DEFAULT 'INV',
    "number" INTEGER NOT NULL,
    "kind" "invoice_kind" NOT NULL,
    "status" "invoice_status" NOT NULL DEFAULT 'DRAFT',
    "user_id" UUID NOT NULL,
    "booking_id" UUID,
    "payment_id" UUID,
    "corrects_id" UUID,
    "lines" JSONB NOT NULL,
    "net_amount" BIGINT NOT NULL,
    "tax_amount" BIGINT NOT NULL DEFAULT 0,
    "total_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "billing_details" TEXT,
    "issued_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "tax_rates" (
    "id" UUID NOT NULL,
    "kind" "tax_kind" NOT NULL,
    "country" TEXT NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "name" TEXT NOT NULL,
    "rate_basis_points" INTEGER NOT NULL,
    "is_inclusive" BOOLEAN NOT NULL DEFAULT true,
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "tax_rates_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "currencies" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "symbol" TEXT NOT NULL,
    "exponent" INTEGER NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,

    CONSTRAINT "currencies_pkey" PRIMARY KEY ("code")
);

CREATE TABLE "subscription_plans" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "audience" "plan_audience" NOT NULL DEFAULT 'HOST',
    "interval" "plan_interval" NOT NULL DEFAULT 'MONTH',
    "price" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "trial_days" INTEGER NOT NULL DEFAULT 0,
    "features" JSONB NOT NULL,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscription_plans_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reconciliation_breaks" (
    "id" UUID NOT NULL,
    "provider" "payment_provider" NOT NULL,
    "report_date" DATE NOT NULL,
    "kind" "break_kind" NOT NULL,
    "status" "break_status" NOT NULL DEFAULT 'OPEN',
    "reference" TEXT NOT NULL,
    "payment_id" UUID,
    "journal_id" UUID,
    "expected_amount" BIGINT,
    "reported_amount" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "resolved_by_id" UUID,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconciliation_breaks_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "point_rules" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "source" "point_source" NOT NULL,
    "points" INTEGER NOT NULL,
    "daily_cap" INTEGER,
    "lifetime_cap" INTEGER,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "point_rules_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "point_counters" (
    "user_id" UUID NOT NULL,
    "rule_id" UUID NOT NULL,
    "day_key" DATE NOT NULL,
    "granted" INTEGER NOT NULL DEFAULT 0,
    "cap" INTEGER,

    CONSTRAINT "point_counters_pkey" PRIMARY KEY ("user_id","rule_id","day_key")
);

CREATE TABLE "streak_freezes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "streak_kind" NOT NULL,
    "origin" "freeze_origin" NOT NULL,
    "used_on" DATE,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "streak_freezes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "moderation_cases" (
    "id" UUID NOT NULL,
    "subject_kind" "subject_kind" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_user_id" UUID,
    "status" "case_status" NOT NULL DEFAULT 'OPEN',
    "priority" "queue_priority" NOT NULL DEFAULT 'NORMAL',
    "version" INTEGER NOT NULL DEFAULT 1,
    "report_count" INTEGER NOT NULL DEFAULT 0,
    "last_report_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "retain_evidence_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderation_cases_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sanction_effects" (
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "sanction_id" UUID,
    "kind" "effect_kind" NOT NULL,
    "subject_kind" "subject_kind" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "before" JSONB,
    "applied_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "reversed_by_action_id" UUID,
    "reversed_at" TIMESTAMPTZ(3),

    CONSTRAINT "sanction_effects_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "trust_events" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "signal" "trust_signal" NOT NULL,
    "delta" INTEGER NOT NULL,
    "source_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trust_events_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL,
    "webhook_id" UUID NOT NULL,
    "topic" "webhook_topic" NOT NULL,
    "fact_id" UUID NOT NULL,
    "aggregate_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'PENDING',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "response_status" INTEGER,
    "last_error" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "feature_flag_overrides" (
    "id" UUID NOT NULL,
    "flag_id" UUID NOT NULL,
    "user_id" UUID,
    "role" "user_role",
    "is_enabled" BOOLEAN NOT NULL,
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "feature_flag_overrides_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_checkpoints" (
    "stream" TEXT NOT NULL,
    "seq" BIGINT NOT NULL,
    "row_hash" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_checkpoints_pkey" PRIMARY KEY ("stream","seq")
);

CREATE TABLE "subject_keys" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "wrapped_key" BYTEA,
    "wrapped_by" TEXT NOT NULL,
    "status" "key_status" NOT NULL DEFAULT 'ACTIVE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "subject_keys_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "data_requests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "data_request_kind" NOT NULL,
    "status" "data_request_status" NOT NULL DEFAULT 'RECEIVED',
    "report" JSONB,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_requests_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "consents" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "purpose" "consent_purpose" NOT NULL,
    "is_granted" BOOLEAN NOT NULL,
    "text_version" TEXT NOT NULL,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consents_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "auth_identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" "auth_provider" NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "auth_identities_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "mfa_factors" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "mfa_kind" NOT NULL,
    "label" TEXT,
    "secret" TEXT NOT NULL,
    "last_step" BIGINT,
    "sign_count" BIGINT,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mfa_factors_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "summary" TEXT,
    "description" TEXT NOT NULL,
    "host_id" UUID NOT NULL,
    "category_id" UUID,
    "series_id" UUID,
    "cancellation_policy_id" UUID,
    "cover_asset_id" UUID,
    "type" "event_type" NOT NULL DEFAULT 'OTHER',
    "status" "event_status" NOT NULL DEFAULT 'DRAFT',
    "visibility" "event_visibility" NOT NULL DEFAULT 'PUBLIC',
    "mode" "event_mode" NOT NULL DEFAULT 'PHYSICAL',
    "start_date" TIMESTAMPTZ(3) NOT NULL,
    "end_date" TIMESTAMPTZ(3) NOT NULL,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "venue" TEXT,
    "address" TEXT,
    "city" TEXT,
    "region" TEXT,
    "country" TEXT,
    "postal_code" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "online_url" TEXT,
    "min_participants" INTEGER NOT NULL DEFAULT 1,
    "max_participants" INTEGER,
    "current_participants" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "sold" INTEGER NOT NULL DEFAULT 0,
    "is_free" BOOLEAN NOT NULL DEFAULT true,
    "price" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "language" TEXT NOT NULL DEFAULT 'en',
    "age_restriction" "age_restriction" NOT NULL DEFAULT 'ALL_AGES',
    "skill_level" "skill_level" NOT NULL DEFAULT 'ANY',
    "approval_mode" "approval_mode" NOT NULL DEFAULT 'AUTOMATIC',
    "registration_opens_at" TIMESTAMPTZ(3),
    "registration_closes_at" TIMESTAMPTZ(3),
    "waitlist_enabled" BOOLEAN NOT NULL DEFAULT true,
    "published_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancellation_reason" "event_cancellation_reason",
    "cancellation_note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "hidden_at" TIMESTAMPTZ(3),
    "archived_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(title, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(summary, '') || ' ' || immutable_join(tags)), 'B') ||
      setweight(to_tsvector('public.rally_search', coalesce(venue, '') || ' ' || coalesce(city, '') || ' ' || coalesce(country, '')), 'C') ||
      setweight(to_tsvector('public.rally_search', coalesce(description, '')), 'D')
    ) STORED,

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_categories" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "icon" TEXT,
    "description" TEXT,
    "color" TEXT,
    "parent_id" UUID,
    "path" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "depth" INTEGER NOT NULL DEFAULT 0,
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(name, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(description, '')), 'C')
    ) STORED,

    CONSTRAINT "event_categories_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ticket_types" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "tax_rate_id" UUID,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "kind" "ticket_kind" NOT NULL DEFAULT 'GENERAL',
    "status" "ticket_type_status" NOT NULL DEFAULT 'ON_SALE',
    "visibility" "ticket_visibility" NOT NULL DEFAULT 'PUBLIC',
    "price" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "capacity" INTEGER,
    "held" INTEGER NOT NULL DEFAULT 0,
    "sold" INTEGER NOT NULL DEFAULT 0,
    "min_per_order" INTEGER NOT NULL DEFAULT 1,
    "max_per_order" INTEGER NOT NULL DEFAULT 10,
    "one_active_per_user" BOOLEAN NOT NULL DEFAULT false,
    "approval_required" BOOLEAN NOT NULL DEFAULT false,
    "transferable" BOOLEAN NOT NULL DEFAULT true,
    "sales_start_at" TIMESTAMPTZ(3),
    "sales_end_at" TIMESTAMPTZ(3),
    "valid_from" TIMESTAMPTZ(3),
    "valid_until" TIMESTAMPTZ(3),
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ticket_types_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "inventory_holds" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "ticket_type_id" UUID NOT NULL,
    "booking_id" UUID,
    "waitlist_offer_id" UUID,
    "user_id" UUID NOT NULL,
    "state" "hold_state" NOT NULL DEFAULT 'HELD',
    "quantity" INTEGER NOT NULL,
    "unit_price" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "exclusive" BOOLEAN NOT NULL DEFAULT false,
    "expires_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "inventory_holds_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "bookings" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "status" "booking_status" NOT NULL DEFAULT 'REQUESTED',
    "source" "booking_source" NOT NULL DEFAULT 'WEB',
    "reference" TEXT,
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "subtotal_amount" BIGINT,
    "discount_amount" BIGINT NOT NULL DEFAULT 0,
    "tax_amount" BIGINT NOT NULL DEFAULT 0,
    "fee_amount" BIGINT NOT NULL DEFAULT 0,
    "total_amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "price_snapshot" JSONB,
    "policy_snapshot" JSONB,
    "decided_by_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "hold_expires_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "cancelled_by_id" UUID,
    "cancellation_reason" "booking_cancellation_reason",
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bookings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_participants" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "booking_id" UUID,
    "hold_id" UUID,
    "ticket_type_id" UUID,
    "user_id" UUID,
    "status" "admission_status" NOT NULL DEFAULT 'RESERVED',
    "role" "participant_role" NOT NULL DEFAULT 'ATTENDEE',
    "ordinal" INTEGER NOT NULL DEFAULT 1,
    "full_name" TEXT,
    "email" TEXT,
    "seat_label" TEXT,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "price_paid" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "answers" JSONB,
    "transferred_from_id" UUID,
    "issued_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_participants_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "event_check_ins" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "list_id" UUID,
    "participant_id" UUID,
    "device_id" UUID,
    "device_seq" BIGINT,
    "staff_id" UUID,
    "kind" "scan_kind" NOT NULL DEFAULT 'ENTRY',
    "undoes_id" UUID,
    "generation" INTEGER NOT NULL DEFAULT 1,
    "hybrid_clock" BIGINT NOT NULL DEFAULT 0,
    "local_verdict" "scan_verdict" NOT NULL DEFAULT 'ADMITTED',
    "rejection" "scan_rejection",
    "mode" "scan_mode" NOT NULL DEFAULT 'ONLINE',
    "trust" "scan_trust" NOT NULL DEFAULT 'TRUSTED',
    "bundle_epoch" INTEGER NOT NULL DEFAULT 0,
    "override_reason" TEXT,
    "gate" TEXT,
    "scanned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "event_check_ins_pkey" PRIMARY KEY ("id")
) PARTITION BY RANGE ("id");

CREATE TABLE "event_updates" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "kind" "update_kind" NOT NULL DEFAULT 'NEWS',
    "audience" "update_audience" NOT NULL DEFAULT 'PARTICIPANTS',
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,
    "published_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(title, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'C')
    ) STORED,

    CONSTRAINT "event_updates_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "saved_events" (
    "user_id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "note" TEXT,
    "remind_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_events_pkey" PRIMARY KEY ("user_id","event_id")
);

CREATE TABLE "waitlists" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "ticket_type_id" UUID,
    "user_id" UUID NOT NULL,
    "status" "waitlist_status" NOT NULL DEFAULT 'WAITING',
    "quantity" INTEGER NOT NULL DEFAULT 1,
    "priority" INTEGER NOT NULL DEFAULT 0,
    "joined_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lapses" INTEGER NOT NULL DEFAULT 0,
    "bypassed" INTEGER NOT NULL DEFAULT 0,
    "head_since" TIMESTAMPTZ(3),
    "left_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "waitlists_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "promo_codes" (
    "id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "event_id" UUID,
    "created_by_id" UUID NOT NULL,
    "description" TEXT,
    "kind" "discount_kind" NOT NULL,
    "unit" "promo_unit" NOT NULL DEFAULT 'PER_ORDER',
    "funding" "promo_funding" NOT NULL DEFAULT 'HOST',
    "status" "promo_status" NOT NULL DEFAULT 'ACTIVE',
    "percent_basis_points" INTEGER,
    "amount" BIGINT,
    "max_discount_amount" BIGINT,
    "min_order_amount" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "max_total" INTEGER,
    "max_per_user" INTEGER,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "redeemed" INTEGER NOT NULL DEFAULT 0,
    "restore_on_refund" BOOLEAN NOT NULL DEFAULT false,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promo_codes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "badges" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "icon" TEXT,
    "category" "badge_category" NOT NULL,
    "tier" "badge_tier" NOT NULL DEFAULT 'BRONZE',
    "criteria" JSONB NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "badges_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "user_badges" (
    "user_id" UUID NOT NULL,
    "badge_id" UUID NOT NULL,
    "event_id" UUID,
    "earned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),
    "is_pinned" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "user_badges_pkey" PRIMARY KEY ("user_id","badge_id")
);

CREATE TABLE "achievements" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "metric" "achievement_metric" NOT NULL,
    "threshold" INTEGER NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "badge_id" UUID,
    "is_active" BOOLEAN NOT NULL DEFAULT true,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "achievements_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "user_achievements" (
    "user_id" UUID NOT NULL,
    "achievement_id" UUID NOT NULL,
    "status" "achievement_status" NOT NULL DEFAULT 'LOCKED',
    "progress" INTEGER NOT NULL DEFAULT 0,
    "unlocked_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_achievements_pkey" PRIMARY KEY ("user_id","achievement_id")
);

CREATE TABLE "user_points" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "rule_id" UUID,
    "source" "point_source" NOT NULL,
    "source_id" TEXT NOT NULL,
    "amount" INTEGER NOT NULL,
    "reverses_id" UUID,
    "day_key" DATE NOT NULL,
    "event_time" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_points_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "point_balances" (
    "user_id" UUID NOT NULL,
    "earned" BIGINT NOT NULL DEFAULT 0,
    "spent" BIGINT NOT NULL DEFAULT 0,
    "balance" BIGINT NOT NULL DEFAULT 0,
    "debt" BIGINT NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "point_balances_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "leaderboards" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "metric" "leaderboard_metric" NOT NULL,
    "period" "leaderboard_period" NOT NULL,
    "scope" "leaderboard_scope" NOT NULL DEFAULT 'GLOBAL',
    "scope_value" TEXT,
    "status" "leaderboard_status" NOT NULL DEFAULT 'OPEN',
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "snapshot_hash" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboards_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "leaderboard_entries" (
    "leaderboard_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "score" BIGINT NOT NULL,
    "reached_at" TIMESTAMPTZ(3) NOT NULL,
    "rank" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "leaderboard_entries_pkey" PRIMARY KEY ("leaderboard_id","user_id")
);

CREATE TABLE "referrals" (
    "id" UUID NOT NULL,
    "code_id" UUID NOT NULL,
    "referrer_id" UUID NOT NULL,
    "referred_id" UUID NOT NULL,
    "check_in_id" UUID,
    "status" "referral_status" NOT NULL DEFAULT 'PENDING',
    "risk_signals" JSONB,
    "qualified_at" TIMESTAMPTZ(3),
    "rewarded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referrals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "referral_codes" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "campaign" TEXT NOT NULL DEFAULT 'default',
    "max_uses" INTEGER,
    "use_count" INTEGER NOT NULL DEFAULT 0,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "referral_codes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "streaks" (
    "user_id" UUID NOT NULL,
    "kind" "streak_kind" NOT NULL,
    "current_length" INTEGER NOT NULL DEFAULT 0,
    "longest_length" INTEGER NOT NULL DEFAULT 0,
    "started_on" DATE,
    "last_day_key" DATE,
    "freezes_left" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "streaks_pkey" PRIMARY KEY ("user_id","kind")
);

CREATE TABLE "notifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "actor_id" UUID,
    "event_id" UUID,
    "type" "notification_type" NOT NULL,
    "category" "notification_category" NOT NULL DEFAULT 'SYSTEM',
    "priority" "notification_priority" NOT NULL DEFAULT 'NORMAL',
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "data" JSONB,
    "dedupe_key" TEXT,
    "not_before" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "notifications_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notification_preferences" (
    "user_id" UUID NOT NULL,
    "category" "notification_category" NOT NULL,
    "channel" "notification_channel" NOT NULL,
    "is_enabled" BOOLEAN NOT NULL DEFAULT true,
    "digest" "digest_frequency" NOT NULL DEFAULT 'IMMEDIATE',
    "quiet_from_minute" INTEGER,
    "quiet_until_minute" INTEGER,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("user_id","category","channel")
);

CREATE TABLE "notification_queue" (
    "id" UUID NOT NULL,
    "created_by_id" UUID,
    "event_id" UUID,
    "template_id" UUID,
    "audience" "fanout_audience" NOT NULL,
    "audience_role" "user_role",
    "type" "notification_type" NOT NULL,
    "status" "fanout_status" NOT NULL DEFAULT 'SCHEDULED',
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "data" JSONB,
    "dedupe_key" TEXT NOT NULL,
    "cursor" UUID,
    "total_count" INTEGER,
    "sent_count" INTEGER NOT NULL DEFAULT 0,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "scheduled_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_queue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "email_templates" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "locale" TEXT NOT NULL DEFAULT 'en',
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" "template_status" NOT NULL DEFAULT 'DRAFT',
    "subject" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "variables" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "updated_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "email_templates_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notification_deliveries" (
    "id" UUID NOT NULL,
    "notification_id" UUID NOT NULL,
    "device_token_id" UUID,
    "template_id" UUID,
    "channel" "notification_channel" NOT NULL,
    "endpoint_hash" TEXT NOT NULL DEFAULT '',
    "status" "delivery_status" NOT NULL DEFAULT 'PENDING',
    "suppression_reason" "suppression_reason",
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "digest_key" TEXT,
    "provider_message_id" TEXT,
    "last_error" TEXT,
    "sent_at" TIMESTAMPTZ(3),
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_deliveries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payments" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "event_id" UUID,
    "booking_id" UUID,
    "subscription_id" UUID,
    "wallet_id" UUID,
    "purpose" "payment_purpose" NOT NULL DEFAULT 'BOOKING',
    "status" "payment_status" NOT NULL DEFAULT 'PENDING',
    "method" "payment_method" NOT NULL DEFAULT 'CARD',
    "provider" "payment_provider" NOT NULL DEFAULT 'SANDBOX',
    "provider_payment_id" TEXT,
    "amount" BIGINT NOT NULL,
    "captured_amount" BIGINT NOT NULL DEFAULT 0,
    "refunded_amount" BIGINT NOT NULL DEFAULT 0,
    "provider_fee_amount" BIGINT,
    "commission_amount" BIGINT NOT NULL DEFAULT 0,
    "tax_amount" BIGINT NOT NULL DEFAULT 0,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "failure_code" "payment_failure_code",
    "failure_message" TEXT,
    "client_action" JSONB,
    "commission_snapshot" JSONB,
    "completed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "transactions" (
    "id" UUID NOT NULL,
    "source_type" "journal_source" NOT NULL,
    "source_id" TEXT NOT NULL,
    "kind" "journal_kind" NOT NULL,
    "description" TEXT,
    "reverses_id" UUID,
    "created_by_id" UUID,
    "metadata" JSONB,
    "written_by" BIGINT NOT NULL DEFAULT 0,
    "event_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transactions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "refunds" (
    "id" UUID NOT NULL,
    "payment_id" UUID NOT NULL,
    "booking_id" UUID,
    "participant_id" UUID,
    "requested_by_id" UUID,
    "initiator" "refund_initiator" NOT NULL DEFAULT 'ATTENDEE',
    "reason" "refund_reason" NOT NULL DEFAULT 'BY_ATTENDEE',
    "status" "refund_status" NOT NULL DEFAULT 'REQUESTED',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "provider_refund_id" TEXT,
    "failure_message" TEXT,
    "note" TEXT,
    "submitted_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refunds_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "subscriptions" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "plan_id" UUID NOT NULL,
    "status" "subscription_status" NOT NULL DEFAULT 'ACTIVE',
    "price" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "provider" "payment_provider" NOT NULL DEFAULT 'SANDBOX',
    "provider_subscription_id" TEXT,
    "current_period_start" TIMESTAMPTZ(3) NOT NULL,
    "current_period_end" TIMESTAMPTZ(3) NOT NULL,
    "trial_ends_at" TIMESTAMPTZ(3),
    "cancel_at_period_end" BOOLEAN NOT NULL DEFAULT false,
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "subscriptions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_accounts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "payout_account_kind" NOT NULL,
    "status" "payout_account_status" NOT NULL DEFAULT 'UNVERIFIED',
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "country" TEXT NOT NULL,
    "holder_name" TEXT NOT NULL,
    "details" TEXT NOT NULL,
    "details_hash" TEXT NOT NULL,
    "last_four" TEXT,
    "is_default" BOOLEAN NOT NULL DEFAULT false,
    "verified_at" TIMESTAMPTZ(3),
    "details_changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payout_accounts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payouts" (
    "id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "status" "payout_status" NOT NULL DEFAULT 'DRAFT',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "attempt" INTEGER NOT NULL DEFAULT 1,
    "provider" "payment_provider" NOT NULL DEFAULT 'SANDBOX',
    "provider_payout_id" TEXT,
    "hold_reason" "payout_hold_reason",
    "failure_message" TEXT,
    "scheduled_for" TIMESTAMPTZ(3),
    "submitted_at" TIMESTAMPTZ(3),
    "paid_at" TIMESTAMPTZ(3),
    "returned_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payouts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "commission_configs" (
    "id" UUID NOT NULL,
    "scope" "commission_scope" NOT NULL DEFAULT 'GLOBAL',
    "category_id" UUID,
    "host_id" UUID,
    "event_id" UUID,
    "payer" "fee_payer" NOT NULL DEFAULT 'HOST',
    "rate_basis_points" INTEGER NOT NULL,
    "fixed_amount" BIGINT NOT NULL DEFAULT 0,
    "min_amount" BIGINT NOT NULL DEFAULT 0,
    "max_amount" BIGINT,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    "created_by_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "commission_configs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "wallets" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "ledger_account_id" UUID NOT NULL,
    "currency" TEXT NOT NULL DEFAULT 'BDT',
    "status" "wallet_status" NOT NULL DEFAULT 'ACTIVE',
    "daily_spend_limit" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wallets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ledger_accounts" (
    "id" UUID NOT NULL,
    "owner_id" UUID,
    "kind" "ledger_account_kind" NOT NULL,
    "currency" TEXT NOT NULL,
    "normal_side" "ledger_side" NOT NULL,
    "allow_negative" BOOLEAN NOT NULL DEFAULT false,
    "posted" BIGINT NOT NULL DEFAULT 0,
    "pending_debit" BIGINT NOT NULL DEFAULT 0,
    "pending_credit" BIGINT NOT NULL DEFAULT 0,
    "version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_accounts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ledger_entries" (
    "id" UUID NOT NULL,
    "journal_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "balance_after" BIGINT NOT NULL DEFAULT 0,
    "account_version" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entries_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "reviews" (
    "id" UUID NOT NULL,
    "event_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "host_id" UUID NOT NULL,
    "check_in_id" UUID,
    "subject" "review_subject" NOT NULL DEFAULT 'EVENT',
    "status" "review_status" NOT NULL DEFAULT 'PUBLISHED',
    "rating" INTEGER NOT NULL,
    "title" TEXT,
    "body" TEXT,
    "is_anonymous" BOOLEAN NOT NULL DEFAULT false,
    "host_reply" TEXT,
    "host_replied_at" TIMESTAMPTZ(3),
    "helpful_count" INTEGER NOT NULL DEFAULT 0,
    "unhelpful_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(title, '')), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'C')
    ) STORED,

    CONSTRAINT "reviews_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "category_ratings" (
    "review_id" UUID NOT NULL,
    "category" "rating_category" NOT NULL,
    "rating" INTEGER NOT NULL,

    CONSTRAINT "category_ratings_pkey" PRIMARY KEY ("review_id","category")
);

CREATE TABLE "review_votes" (
    "review_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "review_vote_kind" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_votes_pkey" PRIMARY KEY ("review_id","user_id")
);

CREATE TABLE "rating_summaries" (
    "subject" "review_subject" NOT NULL,
    "subject_id" UUID NOT NULL,
    "review_count" INTEGER NOT NULL DEFAULT 0,
    "rating_sum" INTEGER NOT NULL DEFAULT 0,
    "one_count" INTEGER NOT NULL DEFAULT 0,
    "two_count" INTEGER NOT NULL DEFAULT 0,
    "three_count" INTEGER NOT NULL DEFAULT 0,
    "four_count" INTEGER NOT NULL DEFAULT 0,
    "five_count" INTEGER NOT NULL DEFAULT 0,
    "average" DOUBLE PRECISION NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rating_summaries_pkey" PRIMARY KEY ("subject","subject_id")
);

CREATE TABLE "reports" (
    "id" UUID NOT NULL,
    "reporter_id" UUID NOT NULL,
    "subject_kind" "subject_kind" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "subject_user_id" UUID,
    "case_id" UUID,
    "reason" "report_reason" NOT NULL,
    "details" TEXT,
    "status" "report_status" NOT NULL DEFAULT 'OPEN',
    "resolution" "report_resolution",
    "evidence" JSONB,
    "assigned_to_id" UUID,
    "closed_at" TIMESTAMPTZ(3),
    "reopen_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reports_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "blocks" (
    "blocker_id" UUID NOT NULL,
    "blocked_id" UUID NOT NULL,
    "kind" "block_kind" NOT NULL DEFAULT 'BLOCK',
    "reason" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "blocks_pkey" PRIMARY KEY ("blocker_id","blocked_id")
);

CREATE TABLE "trust_scores" (
    "user_id" UUID NOT NULL,
    "score" INTEGER NOT NULL DEFAULT 50,
    "level" "trust_level" NOT NULL DEFAULT 'NEW',
    "report_accuracy" DOUBLE PRECISION,
    "strikes" INTEGER NOT NULL DEFAULT 0,
    "computed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trust_scores_pkey" PRIMARY KEY ("user_id")
);

CREATE TABLE "safety_check_ins" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "event_id" UUID,
    "contact_id" UUID,
    "status" "safety_check_in_status" NOT NULL DEFAULT 'SCHEDULED',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "grace_minutes" INTEGER NOT NULL DEFAULT 15,
    "confirmed_at" TIMESTAMPTZ(3),
    "escalated_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "note" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "safety_check_ins_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "moderation_queue" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "origin" "moderation_origin" NOT NULL DEFAULT 'REPORT',
    "priority" "queue_priority" NOT NULL DEFAULT 'NORMAL',
    "score" INTEGER NOT NULL DEFAULT 0,
    "status" "queue_item_status" NOT NULL DEFAULT 'WAITING',
    "claimed_by_id" UUID,
    "lease_until" TIMESTAMPTZ(3),
    "done_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderation_queue_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "warnings" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "issued_by_id" UUID,
    "severity" "warning_severity" NOT NULL DEFAULT 'WARNING',
    "message" TEXT NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "warnings_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "suspension_records" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "kind" "sanction_kind" NOT NULL,
    "feature" "restricted_feature",
    "status" "sanction_status" NOT NULL DEFAULT 'ACTIVE',
    "starts_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),
    "reversed_by_id" UUID,
    "reversed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suspension_records_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "suspicious_activities" (
    "id" UUID NOT NULL,
    "user_id" UUID,
    "payment_id" UUID,
    "kind" "suspicion_kind" NOT NULL,
    "risk" "risk_level" NOT NULL,
    "status" "suspicion_status" NOT NULL DEFAULT 'OPEN',
    "score" INTEGER NOT NULL DEFAULT 0,
    "address" TEXT,
    "device_fingerprint" TEXT,
    "details" JSONB NOT NULL,
    "reviewed_by_id" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "suspicious_activities_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "moderation_actions" (
    "id" UUID NOT NULL,
    "case_id" UUID NOT NULL,
    "actor_id" UUID,
    "target_user_id" UUID,
    "kind" "moderation_action_kind" NOT NULL,
    "subject_kind" "subject_kind" NOT NULL,
    "subject_id" TEXT NOT NULL,
    "feature" "restricted_feature",
    "until" TIMESTAMPTZ(3),
    "reverses_id" UUID,
    "ground" "decision_ground" NOT NULL DEFAULT 'COMMUNITY_RULES',
    "policy_id" TEXT NOT NULL,
    "statement_of_reasons" TEXT NOT NULL,
    "evidence" JSONB NOT NULL,
    "is_automated" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "moderation_actions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "appeals" (
    "id" UUID NOT NULL,
    "action_id" UUID NOT NULL,
    "sanction_id" UUID,
    "appellant_id" UUID NOT NULL,
    "reviewer_id" UUID,
    "actor_id" UUID,
    "status" "appeal_status" NOT NULL DEFAULT 'SUBMITTED',
    "statement" TEXT NOT NULL,
    "decision" TEXT,
    "submitted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "appeals_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "friendships" (
    "id" UUID NOT NULL,
    "requester_id" UUID NOT NULL,
    "addressee_id" UUID NOT NULL,
    "status" "friendship_status" NOT NULL DEFAULT 'PENDING',
    "message" TEXT,
    "responded_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "friendships_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "follows" (
    "follower_id" UUID NOT NULL,
    "followee_id" UUID NOT NULL,
    "notice" "follow_notice" NOT NULL DEFAULT 'HIGHLIGHTS',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "follows_pkey" PRIMARY KEY ("follower_id","followee_id")
);

CREATE TABLE "posts" (
    "id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "event_id" UUID,
    "shared_post_id" UUID,
    "kind" "post_kind" NOT NULL DEFAULT 'TEXT',
    "visibility" "post_visibility" NOT NULL DEFAULT 'PUBLIC',
    "body" TEXT NOT NULL DEFAULT '',
    "tags" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "like_count" INTEGER NOT NULL DEFAULT 0,
    "comment_count" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "hidden_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', immutable_join(tags)), 'A') ||
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'B')
    ) STORED,

    CONSTRAINT "posts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "post_likes" (
    "post_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "reaction" "post_reaction" NOT NULL DEFAULT 'LIKE',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "post_likes_pkey" PRIMARY KEY ("post_id","user_id")
);

CREATE TABLE "comments" (
    "id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "parent_id" UUID,
    "status" "comment_status" NOT NULL DEFAULT 'VISIBLE',
    "body" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "edited_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),
    "search" tsvector GENERATED ALWAYS AS (
      setweight(to_tsvector('public.rally_search', coalesce(body, '')), 'B')
    ) STORED,

    CONSTRAINT "comments_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "stories" (
    "id" UUID NOT NULL,
    "author_id" UUID NOT NULL,
    "event_id" UUID,
    "media_asset_id" UUID,
    "kind" "story_kind" NOT NULL DEFAULT 'PHOTO',
    "audience" "story_audience" NOT NULL DEFAULT 'FOLLOWERS',
    "caption" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL DEFAULT (now() + '24:00:00'::interval),
    "hidden_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "stories_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "story_views" (
    "story_id" UUID NOT NULL,
    "viewer_id" UUID NOT NULL,
    "reaction" "post_reaction",
    "viewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "story_views_pkey" PRIMARY KEY ("story_id","viewer_id")
);

CREATE TABLE "media_assets" (
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "event_id" UUID,
    "post_id" UUID,
    "review_id" UUID,
    "chat_id" UUID,
    "message_seq" BIGINT,
    "kind" "media_kind" NOT NULL,
    "purpose" "media_purpose" NOT NULL,
    "status" "media_status" NOT NULL DEFAULT 'UPLOADING',
    "scan_state" "media_scan_state" NOT NULL DEFAULT 'PENDING',
    "exif_policy" "exif_policy" NOT NULL DEFAULT 'STRIP',
    "storage_key" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "byte_size" BIGINT NOT NULL,
    "sha256" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "duration_ms" INTEGER,
    "blur_hash" TEXT,
    "alt_text" TEXT,
    "sort_order" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "scanned_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_assets_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "verifications" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "kind" "verification_kind" NOT NULL,
    "method" "verification_method" NOT NULL,
    "status" "verification_status" NOT NULL DEFAULT 'PENDING',
    "target" TEXT,
    "code_hash" TEXT,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "document_kind" "identity_document_kind",
    "document_number" TEXT,
    "document_number_hash" TEXT,
    "document_asset_id" UUID,
    "reviewer_id" UUID,
    "rejection_reason" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "interests" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "category_id" UUID,
    "name" TEXT NOT NULL,
    "level" "interest_level" NOT NULL DEFAULT 'REGULAR',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "interests_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "emergency_contacts" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "phone" TEXT NOT NULL,
    "email" TEXT,
    "relation" "contact_relation" NOT NULL,
    "priority" INTEGER NOT NULL DEFAULT 1,
    "confirmed_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_contacts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "device_tokens" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "session_id" UUID,
    "platform" "device_platform" NOT NULL,
    "provider" "push_provider" NOT NULL,
    "token" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "app_version" TEXT,
    "locale" TEXT,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "invalidated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_tokens_pkey" PRIMARY KEY ("id")
);
