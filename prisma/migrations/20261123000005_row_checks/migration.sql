SET LOCAL lock_timeout = '5s';

-- What no row may say, whoever writes it. Tables that hold rows already are checked for new rows at once and for old
-- ones in a later migration (NOT VALID).

-- People
ALTER TABLE "users"
  ADD CONSTRAINT "users_email_lower_check" CHECK (email = lower(email) AND email = btrim(email)) NOT VALID,
  ADD CONSTRAINT "users_phone_pair_check" CHECK ((phone IS NULL) = (phone_hash IS NULL)) NOT VALID;
ALTER TABLE "profiles"
  ADD CONSTRAINT "profiles_completion_check" CHECK (profile_completion_percentage BETWEEN 0 AND 100) NOT VALID,
  ADD CONSTRAINT "profiles_place_check" CHECK (
    (latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180) NOT VALID;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_times_check" CHECK (expires_at > created_at) NOT VALID;
ALTER TABLE "verifications"
  ADD CONSTRAINT "verifications_reviewer_check" CHECK (reviewer_id <> user_id),
  ADD CONSTRAINT "verifications_attempts_check" CHECK (attempts BETWEEN 0 AND 10),
  ADD CONSTRAINT "verifications_decided_check" CHECK (status NOT IN ('APPROVED', 'REJECTED') OR decided_at IS NOT NULL);
ALTER TABLE "emergency_contacts" ADD CONSTRAINT "emergency_contacts_priority_check" CHECK (priority BETWEEN 1 AND 10);
ALTER TABLE "subject_keys" ADD CONSTRAINT "subject_keys_destroyed_check"
  CHECK ((status = 'DESTROYED') = (wrapped_key IS NULL) AND (status = 'DESTROYED') = (destroyed_at IS NOT NULL));

-- Chats
ALTER TABLE "chats" ADD CONSTRAINT "chats_slow_mode_check" CHECK (slow_mode_seconds BETWEEN 0 AND 86400) NOT VALID;
ALTER TABLE "chat_participants" ADD CONSTRAINT "chat_participants_pointer_check"
  CHECK (last_read_seq >= 0 AND last_read_ordinal >= 0 AND last_read_ordinal <= last_read_seq) NOT VALID;
ALTER TABLE "chat_message_sequences" ADD CONSTRAINT "chat_message_sequences_counts_check"
  CHECK (last_seq >= 0 AND last_ordinal >= 0 AND last_ordinal <= last_seq) NOT VALID;
ALTER TABLE "messages" ADD CONSTRAINT "messages_place_check"
  CHECK (seq >= 0 AND ordinal >= 0 AND applied_seq >= seq AND reply_to_seq < seq) NOT VALID;
ALTER TABLE "message_revisions" ADD CONSTRAINT "message_revisions_order_check" CHECK (replaced_by > seq) NOT VALID;

-- Events and their inventory
ALTER TABLE "events"
  ADD CONSTRAINT "events_times_check" CHECK (end_date > start_date),
  ADD CONSTRAINT "events_participants_check" CHECK (min_participants >= 0 AND max_participants >= min_participants),
  ADD CONSTRAINT "events_counts_check" CHECK (held >= 0 AND sold >= 0 AND current_participants >= 0),
  ADD CONSTRAINT "events_price_check" CHECK (price >= 0 AND (price = 0 OR NOT is_free)),
  ADD CONSTRAINT "events_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "events_place_check" CHECK (
    (latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
  ADD CONSTRAINT "events_registration_check" CHECK (registration_closes_at > registration_opens_at),
  ADD CONSTRAINT "events_cancelled_check" CHECK (status <> 'CANCELLED' OR cancelled_at IS NOT NULL),
  ADD CONSTRAINT "events_text_check" CHECK (
    char_length(title) BETWEEN 1 AND 200 AND char_length(summary) <= 500 AND char_length(description) <= 50000),
  ADD CONSTRAINT "events_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "events_tags_check" CHECK (cardinality(tags) <= 30);
ALTER TABLE "event_categories"
  ADD CONSTRAINT "event_categories_slug_check" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  ADD CONSTRAINT "event_categories_color_check" CHECK (color ~ '^#[0-9a-f]{6}$'),
  ADD CONSTRAINT "event_categories_depth_check" CHECK (depth BETWEEN 0 AND 8);
ALTER TABLE "ticket_types"
  ADD CONSTRAINT "ticket_types_counts_check" CHECK (held >= 0 AND sold >= 0),
  ADD CONSTRAINT "ticket_types_capacity_check" CHECK (capacity >= 0),
  ADD CONSTRAINT "ticket_types_price_check" CHECK (price >= 0),
  ADD CONSTRAINT "ticket_types_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "ticket_types_order_check" CHECK (min_per_order >= 1 AND max_per_order >= min_per_order),
  ADD CONSTRAINT "ticket_types_sales_check" CHECK (sales_end_at > sales_start_at),
  ADD CONSTRAINT "ticket_types_validity_check" CHECK (valid_until > valid_from);
ALTER TABLE "inventory_holds"
  ADD CONSTRAINT "inventory_holds_quantity_check" CHECK (quantity > 0),
  ADD CONSTRAINT "inventory_holds_price_check" CHECK (unit_price >= 0),
  ADD CONSTRAINT "inventory_holds_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "inventory_holds_owner_check" CHECK (num_nonnulls(booking_id, waitlist_offer_id) >= 1),
  ADD CONSTRAINT "inventory_holds_expiry_check" CHECK (state <> 'HELD' OR expires_at IS NOT NULL);
ALTER TABLE "bookings"
  ADD CONSTRAINT "bookings_quantity_check" CHECK (quantity > 0),
  ADD CONSTRAINT "bookings_amounts_check" CHECK (
    total_amount >= 0 AND subtotal_amount >= 0 AND discount_amount >= 0 AND tax_amount >= 0 AND fee_amount >= 0),
  ADD CONSTRAINT "bookings_discount_check" CHECK (discount_amount <= subtotal_amount),
  ADD CONSTRAINT "bookings_total_check" CHECK (total_amount = subtotal_amount - discount_amount + tax_amount + fee_amount),
  ADD CONSTRAINT "bookings_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "bookings_hold_check" CHECK (status NOT IN ('HELD', 'AWAITING_PAYMENT') OR hold_expires_at IS NOT NULL),
  ADD CONSTRAINT "bookings_cancelled_check" CHECK (status <> 'CANCELLED' OR cancelled_at IS NOT NULL);
ALTER TABLE "event_participants"
  ADD CONSTRAINT "event_participants_ordinal_check" CHECK (ordinal >= 1),
  ADD CONSTRAINT "event_participants_generation_check" CHECK (generation BETWEEN 1 AND 65535),
  ADD CONSTRAINT "event_participants_price_check" CHECK (price_paid >= 0),
  ADD CONSTRAINT "event_participants_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "event_participants_transfer_check" CHECK (transferred_from_id <> id);
ALTER TABLE "event_check_ins"
  ADD CONSTRAINT "event_check_ins_device_check" CHECK ((device_id IS NULL) = (device_seq IS NULL) AND device_seq >= 0),
  ADD CONSTRAINT "event_check_ins_undo_check" CHECK ((kind = 'UNDO') = (undoes_id IS NOT NULL)),
  ADD CONSTRAINT "event_check_ins_verdict_check" CHECK (local_verdict = 'REFUSED' OR rejection IS NULL OR override_reason IS NOT NULL),
  ADD CONSTRAINT "event_check_ins_clock_check" CHECK (hybrid_clock >= 0 AND generation >= 0 AND bundle_epoch >= 0);
ALTER TABLE "event_updates" ADD CONSTRAINT "event_updates_text_check"
  CHECK (char_length(title) BETWEEN 1 AND 200 AND char_length(body) <= 20000);
ALTER TABLE "waitlists" ADD CONSTRAINT "waitlists_counts_check"
  CHECK (quantity > 0 AND bypassed >= 0 AND lapses BETWEEN 0 AND 2);
ALTER TABLE "waitlist_offers"
  ADD CONSTRAINT "waitlist_offers_quantity_check" CHECK (quantity > 0),
  ADD CONSTRAINT "waitlist_offers_times_check" CHECK (expires_at > offered_at),
  ADD CONSTRAINT "waitlist_offers_booking_check" CHECK ((status = 'ACCEPTED') = (booking_id IS NOT NULL));
ALTER TABLE "promo_codes"
  ADD CONSTRAINT "promo_codes_code_check" CHECK (code = upper(code) AND char_length(code) BETWEEN 3 AND 40),
  ADD CONSTRAINT "promo_codes_kind_check" CHECK (
    (kind = 'PERCENT') = (percent_basis_points IS NOT NULL) AND (kind = 'FIXED_AMOUNT') = (amount IS NOT NULL)),
  ADD CONSTRAINT "promo_codes_percent_check" CHECK (percent_basis_points BETWEEN 1 AND 10000),
  ADD CONSTRAINT "promo_codes_amounts_check" CHECK (amount > 0 AND max_discount_amount > 0 AND min_order_amount >= 0),
  ADD CONSTRAINT "promo_codes_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "promo_codes_uses_check" CHECK (reserved >= 0 AND redeemed >= 0 AND reserved + redeemed <= max_total),
  ADD CONSTRAINT "promo_codes_limits_check" CHECK (max_total > 0 AND max_per_user > 0),
  ADD CONSTRAINT "promo_codes_times_check" CHECK (ends_at > starts_at);
ALTER TABLE "promo_redemptions"
  ADD CONSTRAINT "promo_redemptions_amounts_check" CHECK (quantity > 0 AND discount_amount >= 0),
  ADD CONSTRAINT "promo_redemptions_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "promo_user_counters" ADD CONSTRAINT "promo_user_counters_uses_check"
  CHECK (reserved >= 0 AND redeemed >= 0 AND reserved + redeemed <= max_uses);
ALTER TABLE "check_in_lists" ADD CONSTRAINT "check_in_lists_times_check" CHECK (closes_at > opens_at AND rules_epoch >= 1);
ALTER TABLE "admission_states" ADD CONSTRAINT "admission_states_entries_check"
  CHECK (entries >= 0 AND (entries > 0 OR NOT is_inside) AND (allow_reentry OR entries <= 1));
ALTER TABLE "check_in_outcomes" ADD CONSTRAINT "check_in_outcomes_conflict_check"
  CHECK ((outcome = 'CONFLICT') = (conflicts_with_id IS NOT NULL) AND conflicts_with_id <> check_in_id);
ALTER TABLE "ticket_revocations" ADD CONSTRAINT "ticket_revocations_generation_check"
  CHECK (min_generation BETWEEN 1 AND 65535 AND hybrid_clock >= 0 AND epoch >= 1);
ALTER TABLE "event_signing_keys" ADD CONSTRAINT "event_signing_keys_number_check" CHECK (key_number BETWEEN 0 AND 65535);
ALTER TABLE "event_series" ADD CONSTRAINT "event_series_times_check" CHECK ("interval" >= 1 AND ends_at > starts_at);
ALTER TABLE "event_hosts" ADD CONSTRAINT "event_hosts_share_check" CHECK (revenue_share_basis_points BETWEEN 0 AND 10000);

-- Money
ALTER TABLE "currencies" ADD CONSTRAINT "currencies_code_check" CHECK (code ~ '^[A-Z]{3}$' AND exponent IN (0, 2, 3));
ALTER TABLE "payments"
  ADD CONSTRAINT "payments_amount_check" CHECK (amount > 0),
  ADD CONSTRAINT "payments_captured_check" CHECK (captured_amount BETWEEN 0 AND amount),
  ADD CONSTRAINT "payments_refunded_check" CHECK (refunded_amount BETWEEN 0 AND captured_amount),
  ADD CONSTRAINT "payments_shares_check" CHECK (
    provider_fee_amount >= 0 AND commission_amount >= 0 AND tax_amount >= 0 AND commission_amount + tax_amount <= amount),
  ADD CONSTRAINT "payments_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "refunds"
  ADD CONSTRAINT "refunds_amount_check" CHECK (amount > 0),
  ADD CONSTRAINT "refunds_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "refunds_attempt_check" CHECK (attempt >= 1),
  ADD CONSTRAINT "refunds_settled_check" CHECK (status <> 'SETTLED' OR settled_at IS NOT NULL);
ALTER TABLE "subscriptions"
  ADD CONSTRAINT "subscriptions_price_check" CHECK (price >= 0),
  ADD CONSTRAINT "subscriptions_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "subscriptions_period_check" CHECK (current_period_end > current_period_start);
ALTER TABLE "subscription_plans"
  ADD CONSTRAINT "subscription_plans_price_check" CHECK (price >= 0 AND trial_days >= 0),
  ADD CONSTRAINT "subscription_plans_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "payout_accounts"
  ADD CONSTRAINT "payout_accounts_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "payout_accounts_country_check" CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "payout_accounts_verified_check" CHECK (status <> 'VERIFIED' OR verified_at IS NOT NULL);
ALTER TABLE "payouts"
  ADD CONSTRAINT "payouts_amount_check" CHECK (amount > 0),
  ADD CONSTRAINT "payouts_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "payouts_attempt_check" CHECK (attempt >= 1),
  ADD CONSTRAINT "payouts_hold_check" CHECK ((status = 'ON_HOLD') = (hold_reason IS NOT NULL)),
  ADD CONSTRAINT "payouts_paid_check" CHECK (status <> 'PAID' OR paid_at IS NOT NULL);
ALTER TABLE "payout_items"
  ADD CONSTRAINT "payout_items_amount_check" CHECK (amount <> 0),
  ADD CONSTRAINT "payout_items_currency_check" CHECK (currency ~ '^[A-Z]{3}$');
ALTER TABLE "commission_configs"
  ADD CONSTRAINT "commission_configs_rate_check" CHECK (rate_basis_points BETWEEN 0 AND 10000),
  ADD CONSTRAINT "commission_configs_amounts_check" CHECK (fixed_amount >= 0 AND min_amount >= 0 AND max_amount >= min_amount),
  ADD CONSTRAINT "commission_configs_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "commission_configs_times_check" CHECK (ends_at > starts_at),
  ADD CONSTRAINT "commission_configs_target_check" CHECK (
    (scope = 'CATEGORY') = (category_id IS NOT NULL) AND (scope = 'HOST') = (host_id IS NOT NULL)
    AND (scope = 'EVENT') = (event_id IS NOT NULL)),
  ADD CONSTRAINT "commission_configs_no_overlap" EXCLUDE USING gist (
    coalesce(event_id, host_id, category_id, '00000000-0000-0000-0000-000000000000'::uuid) WITH =,
    currency WITH =,
    tstzrange(starts_at, ends_at) WITH &&);
ALTER TABLE "tax_rates"
  ADD CONSTRAINT "tax_rates_rate_check" CHECK (rate_basis_points BETWEEN 0 AND 10000),
  ADD CONSTRAINT "tax_rates_country_check" CHECK (country ~ '^[A-Z]{2}$'),
  ADD CONSTRAINT "tax_rates_times_check" CHECK (ends_at > starts_at);
ALTER TABLE "wallets"
  ADD CONSTRAINT "wallets_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "wallets_limit_check" CHECK (daily_spend_limit > 0);
ALTER TABLE "wallet_holds"
  ADD CONSTRAINT "wallet_holds_amount_check" CHECK (amount > 0),
  ADD CONSTRAINT "wallet_holds_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "wallet_holds_posted_check" CHECK (
    (state = 'POSTED') = (posted_amount IS NOT NULL) AND (state = 'POSTED') = (journal_id IS NOT NULL)
    AND posted_amount BETWEEN 0 AND amount);
ALTER TABLE "disputes"
  ADD CONSTRAINT "disputes_amount_check" CHECK (amount > 0),
  ADD CONSTRAINT "disputes_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "disputes_closed_check" CHECK ((status IN ('WON', 'LOST', 'WITHDRAWN')) = (closed_at IS NOT NULL));
ALTER TABLE "invoices"
  ADD CONSTRAINT "invoices_number_check" CHECK (number >= 1),
  ADD CONSTRAINT "invoices_total_check" CHECK (total_amount = net_amount + tax_amount),
  ADD CONSTRAINT "invoices_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "invoices_credit_check" CHECK ((kind = 'CREDIT_NOTE') = (corrects_id IS NOT NULL) AND corrects_id <> id),
  ADD CONSTRAINT "invoices_issued_check" CHECK (status = 'DRAFT' OR issued_at IS NOT NULL);
ALTER TABLE "reconciliation_breaks"
  ADD CONSTRAINT "reconciliation_breaks_currency_check" CHECK (currency ~ '^[A-Z]{3}$'),
  ADD CONSTRAINT "reconciliation_breaks_resolved_check" CHECK ((status = 'OPEN') = (resolved_at IS NULL));
ALTER TABLE "dashboard_stats" ADD CONSTRAINT "dashboard_stats_currency_check" CHECK (currency ~ '^[A-Z]{3}$');

-- Social
ALTER TABLE "friendships" ADD CONSTRAINT "friendships_self_check" CHECK (requester_id <> addressee_id);
CREATE UNIQUE INDEX "friendships_one_live_key" ON "friendships" (least(requester_id, addressee_id), greatest(requester_id, addressee_id))
  WHERE status IN ('PENDING', 'ACCEPTED');
ALTER TABLE "follows" ADD CONSTRAINT "follows_self_check" CHECK (follower_id <> followee_id);
ALTER TABLE "posts"
  ADD CONSTRAINT "posts_counts_check" CHECK (like_count >= 0 AND comment_count >= 0),
  ADD CONSTRAINT "posts_text_check" CHECK (char_length(body) <= 20000 AND cardinality(tags) <= 30),
  ADD CONSTRAINT "posts_share_check" CHECK (shared_post_id <> id);
ALTER TABLE "comments"
  ADD CONSTRAINT "comments_text_check" CHECK (char_length(body) BETWEEN 1 AND 10000),
  ADD CONSTRAINT "comments_parent_check" CHECK (parent_id <> id);
ALTER TABLE "stories"
  ADD CONSTRAINT "stories_times_check" CHECK (expires_at > created_at),
  ADD CONSTRAINT "stories_content_check" CHECK ((kind = 'TEXT' AND caption IS NOT NULL) OR media_asset_id IS NOT NULL);
ALTER TABLE "media_assets"
  ADD CONSTRAINT "media_assets_size_check" CHECK (byte_size > 0 AND width > 0 AND height > 0 AND duration_ms >= 0),
  ADD CONSTRAINT "media_assets_hash_check" CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT "media_assets_message_check" CHECK ((chat_id IS NULL) = (message_seq IS NULL)),
  ADD CONSTRAINT "media_assets_ready_check" CHECK (status <> 'READY' OR scan_state = 'CLEAN');

-- Reviews
ALTER TABLE "reviews"
  ADD CONSTRAINT "reviews_rating_check" CHECK (rating BETWEEN 1 AND 5),
  ADD CONSTRAINT "reviews_self_check" CHECK (author_id <> host_id),
  ADD CONSTRAINT "reviews_counts_check" CHECK (helpful_count >= 0 AND unhelpful_count >= 0),
  ADD CONSTRAINT "reviews_reply_check" CHECK ((host_reply IS NULL) = (host_replied_at IS NULL)),
  ADD CONSTRAINT "reviews_text_check" CHECK (char_length(title) <= 200 AND char_length(body) <= 10000);
ALTER TABLE "category_ratings" ADD CONSTRAINT "category_ratings_rating_check" CHECK (rating BETWEEN 1 AND 5);
ALTER TABLE "rating_summaries" ADD CONSTRAINT "rating_summaries_sum_check" CHECK (
  review_count = one_count + two_count + three_count + four_count + five_count
  AND rating_sum = one_count + 2 * two_count + 3 * three_count + 4 * four_count + 5 * five_count
  AND least(one_count, two_count, three_count, four_count, five_count) >= 0);

-- Notifications
ALTER TABLE "notifications" ADD CONSTRAINT "notifications_times_check" CHECK (expires_at > coalesce(not_before, created_at));
ALTER TABLE "notification_preferences" ADD CONSTRAINT "notification_preferences_quiet_check" CHECK (
  (quiet_from_minute IS NULL) = (quiet_until_minute IS NULL)
  AND quiet_from_minute BETWEEN 0 AND 1439 AND quiet_until_minute BETWEEN 0 AND 1439);
ALTER TABLE "notification_queue"
  ADD CONSTRAINT "notification_queue_counts_check" CHECK (total_count >= 0 AND sent_count >= 0 AND attempts >= 0),
  ADD CONSTRAINT "notification_queue_audience_check" CHECK ((audience = 'ROLE') = (audience_role IS NOT NULL));
ALTER TABLE "email_templates" ADD CONSTRAINT "email_templates_version_check" CHECK (version >= 1);
ALTER TABLE "notification_deliveries"
  ADD CONSTRAINT "notification_deliveries_attempts_check" CHECK (attempts >= 0),
  ADD CONSTRAINT "notification_deliveries_suppressed_check" CHECK ((status = 'SUPPRESSED') = (suppression_reason IS NOT NULL)),
  ADD CONSTRAINT "notification_deliveries_lease_check" CHECK (status <> 'SENDING' OR lease_until IS NOT NULL);

-- Points and places
ALTER TABLE "user_points"
  ADD CONSTRAINT "user_points_amount_check" CHECK (amount <> 0),
  ADD CONSTRAINT "user_points_reversal_check" CHECK ((source = 'REVERSAL') = (reverses_id IS NOT NULL) AND reverses_id <> id);
ALTER TABLE "point_balances" ADD CONSTRAINT "point_balances_sum_check" CHECK (
  earned >= 0 AND spent >= 0 AND balance >= 0 AND debt >= 0 AND balance - debt = earned - spent AND (balance = 0 OR debt = 0));
ALTER TABLE "point_rules" ADD CONSTRAINT "point_rules_caps_check" CHECK (points <> 0 AND daily_cap > 0 AND lifetime_cap > 0);
ALTER TABLE "point_counters" ADD CONSTRAINT "point_counters_cap_check" CHECK (granted >= 0 AND granted <= cap);
ALTER TABLE "achievements" ADD CONSTRAINT "achievements_threshold_check" CHECK (threshold > 0 AND points >= 0);
ALTER TABLE "user_achievements" ADD CONSTRAINT "user_achievements_progress_check"
  CHECK (progress >= 0 AND (status <> 'UNLOCKED' OR unlocked_at IS NOT NULL));
ALTER TABLE "leaderboards"
  ADD CONSTRAINT "leaderboards_times_check" CHECK (ends_at > starts_at AND (ends_at IS NULL) = (period = 'ALL_TIME')),
  ADD CONSTRAINT "leaderboards_scope_check" CHECK ((scope IN ('COUNTRY', 'CITY', 'CATEGORY')) = (scope_value IS NOT NULL)),
  ADD CONSTRAINT "leaderboards_closed_check" CHECK (
    (status = 'CLOSED') = (closed_at IS NOT NULL) AND (status = 'CLOSED') = (snapshot_hash IS NOT NULL));
ALTER TABLE "leaderboard_entries" ADD CONSTRAINT "leaderboard_entries_rank_check" CHECK (rank >= 1);
ALTER TABLE "referrals"
  ADD CONSTRAINT "referrals_self_check" CHECK (referrer_id <> referred_id),
  ADD CONSTRAINT "referrals_rewarded_check" CHECK (status <> 'REWARDED' OR (check_in_id IS NOT NULL AND rewarded_at IS NOT NULL));
ALTER TABLE "referral_codes"
  ADD CONSTRAINT "referral_codes_code_check" CHECK (code = upper(code)),
  ADD CONSTRAINT "referral_codes_uses_check" CHECK (use_count >= 0 AND use_count <= max_uses);
ALTER TABLE "streaks" ADD CONSTRAINT "streaks_length_check" CHECK (
  current_length >= 0 AND longest_length >= current_length AND freezes_left >= 0 AND last_day_key >= started_on);

-- Safety
ALTER TABLE "blocks" ADD CONSTRAINT "blocks_self_check" CHECK (blocker_id <> blocked_id);
ALTER TABLE "trust_scores" ADD CONSTRAINT "trust_scores_range_check"
  CHECK (score BETWEEN 0 AND 100 AND report_accuracy BETWEEN 0 AND 1 AND strikes >= 0);
ALTER TABLE "reports"
  ADD CONSTRAINT "reports_self_check" CHECK (reporter_id <> subject_user_id),
  ADD CONSTRAINT "reports_resolution_check" CHECK (
    (status = 'CLOSED') = (resolution IS NOT NULL) AND (status = 'CLOSED') = (closed_at IS NOT NULL)),
  ADD CONSTRAINT "reports_assignee_check" CHECK (assigned_to_id <> reporter_id AND (status <> 'ASSIGNED' OR assigned_to_id IS NOT NULL));
ALTER TABLE "moderation_cases" ADD CONSTRAINT "moderation_cases_version_check" CHECK (version >= 1 AND report_count >= 0);
ALTER TABLE "moderation_queue" ADD CONSTRAINT "moderation_queue_claim_check"
  CHECK ((status = 'CLAIMED') = (lease_until IS NOT NULL) AND (status <> 'CLAIMED' OR claimed_by_id IS NOT NULL));
ALTER TABLE "moderation_actions"
  ADD CONSTRAINT "moderation_actions_actor_check" CHECK ((actor_id IS NULL) = is_automated AND actor_id <> target_user_id),
  ADD CONSTRAINT "moderation_actions_reversal_check" CHECK ((kind = 'REVERSE') = (reverses_id IS NOT NULL) AND reverses_id <> id),
  ADD CONSTRAINT "moderation_actions_feature_check" CHECK ((kind = 'RESTRICT') = (feature IS NOT NULL)),
  ADD CONSTRAINT "moderation_actions_until_check" CHECK (kind <> 'SUSPEND' OR until IS NOT NULL),
  ADD CONSTRAINT "moderation_actions_reasons_check" CHECK (char_length(btrim(statement_of_reasons)) > 0);
ALTER TABLE "suspension_records"
  ADD CONSTRAINT "suspension_records_times_check" CHECK (ends_at > starts_at AND (kind <> 'SUSPENSION' OR ends_at IS NOT NULL)),
  ADD CONSTRAINT "suspension_records_feature_check" CHECK ((kind = 'RESTRICTION') = (feature IS NOT NULL)),
  ADD CONSTRAINT "suspension_records_reversed_check" CHECK (
    (status = 'REVERSED') = (reversed_by_id IS NOT NULL) AND (status = 'REVERSED') = (reversed_at IS NOT NULL)
    AND reversed_by_id <> action_id);
ALTER TABLE "sanction_effects" ADD CONSTRAINT "sanction_effects_reversed_check"
  CHECK ((reversed_by_action_id IS NULL) = (reversed_at IS NULL) AND reversed_by_action_id <> action_id);
ALTER TABLE "appeals"
  ADD CONSTRAINT "appeals_reviewer_check" CHECK (reviewer_id <> actor_id AND reviewer_id <> appellant_id),
  ADD CONSTRAINT "appeals_decided_check" CHECK (
    (status IN ('UPHELD', 'OVERTURNED', 'PARTIAL')) = (decided_at IS NOT NULL)
    AND (decided_at IS NULL OR (reviewer_id IS NOT NULL AND decision IS NOT NULL)));
ALTER TABLE "safety_check_ins"
  ADD CONSTRAINT "safety_check_ins_grace_check" CHECK (grace_minutes BETWEEN 0 AND 1440),
  ADD CONSTRAINT "safety_check_ins_place_check" CHECK (
    (latitude IS NULL) = (longitude IS NULL) AND latitude BETWEEN -90 AND 90 AND longitude BETWEEN -180 AND 180),
  ADD CONSTRAINT "safety_check_ins_escalated_check" CHECK (status <> 'ESCALATED' OR escalated_at IS NOT NULL);
ALTER TABLE "suspicious_activities" ADD CONSTRAINT "suspicious_activities_score_check" CHECK (score BETWEEN 0 AND 100);
ALTER TABLE "trust_events" ADD CONSTRAINT "trust_events_delta_check" CHECK (delta BETWEEN -100 AND 100);

-- Administration
ALTER TABLE "feature_flags" ADD CONSTRAINT "feature_flags_rollout_check" CHECK (rollout_basis_points BETWEEN 0 AND 10000);
ALTER TABLE "feature_flag_overrides" ADD CONSTRAINT "feature_flag_overrides_target_check" CHECK (num_nonnulls(user_id, role) = 1);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_limit_check" CHECK (rate_limit > 0 AND current_usage >= 0);
ALTER TABLE "background_jobs" ADD CONSTRAINT "background_jobs_progress_check"
  CHECK (progress_done >= 0 AND progress_total >= progress_done AND attempts >= 0);
ALTER TABLE "announcements" ADD CONSTRAINT "announcements_times_check" CHECK (ends_at > starts_at);
ALTER TABLE "support_tickets" ADD CONSTRAINT "support_tickets_satisfaction_check" CHECK (satisfaction BETWEEN 1 AND 5);
ALTER TABLE "ticket_responses" ADD CONSTRAINT "ticket_responses_author_check"
  CHECK ((author_kind = 'SYSTEM') = (author_id IS NULL) AND (author_kind = 'AGENT' OR NOT is_internal));
ALTER TABLE "error_logs" ADD CONSTRAINT "error_logs_counts_check" CHECK (occurrences >= 1 AND last_seen_at >= first_seen_at);
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_url_check" CHECK (url ~ '^https://');
ALTER TABLE "audit_logs" ADD CONSTRAINT "audit_logs_chain_check"
  CHECK (num_nonnulls(stream, seq, prev_hash, row_hash) IN (0, 4) AND seq >= 1);
ALTER TABLE "data_requests" ADD CONSTRAINT "data_requests_times_check" CHECK (due_at > created_at);
