/** Rows that name an account in a column. */
export interface Reference {
  table: string;
  column: string;
}

const columns = (table: string, ...names: string[]): Reference[] => names.map((column) => ({ table, column }));

/** Rows that go with a test account, for which a domain has no rules. `social` and `events` have removed theirs before. */
export const EMPTIED: readonly Reference[] = [
  ...columns('notifications', 'user_id'),
  ...columns('archive.notifications', 'user_id'),
  ...columns('notification_preferences', 'user_id'),
  ...columns('notification_queue', 'created_by_id'),
  ...columns('device_tokens', 'user_id'),
  ...columns('refresh_tokens', 'user_id'),
  ...columns('sessions', 'user_id'),
  ...columns('login_history', 'user_id'),
  ...columns('verifications', 'user_id'),
  ...columns('auth_identities', 'user_id'),
  ...columns('mfa_factors', 'user_id'),
  ...columns('api_keys', 'user_id'),
  ...columns('webhooks', 'user_id'),
  ...columns('feature_flag_overrides', 'user_id'),
  ...columns('billing_details', 'user_id'),
  ...columns('interests', 'user_id'),
  ...columns('emergency_contacts', 'user_id'),
  ...columns('safety_check_ins', 'user_id'),
  ...columns('stranger_reaches', 'user_id'),
  ...columns('friendships', 'requester_id', 'addressee_id'),
  ...columns('follows', 'follower_id', 'followee_id'),
  ...columns('blocks', 'blocker_id', 'blocked_id'),
  ...columns('chat_pins', 'pinned_by'),
  ...columns('chat_mentions', 'user_id'),
  ...columns('chat_links', 'created_by'),
  ...columns('chat_join_requests', 'user_id', 'decided_by'),
  ...columns('post_likes', 'user_id'),
  ...columns('story_views', 'viewer_id'),
  ...columns('stories', 'author_id'),
  ...columns('review_votes', 'user_id'),
  ...columns('saved_events', 'user_id'),
  ...columns('event_hosts', 'user_id'),
  ...columns('event_series', 'host_id'),
  ...columns('streak_freezes', 'user_id'),
  ...columns('streaks', 'user_id'),
  ...columns('point_counters', 'user_id'),
  ...columns('point_balances', 'user_id'),
  ...columns('leaderboard_entries', 'user_id'),
  ...columns('user_achievements', 'user_id'),
  ...columns('user_badges', 'user_id'),
  ...columns('trust_scores', 'user_id'),
];

/** Rows that stay as they are, with the reason; the account's row then stays beneath them, empty. */
export const KEPT: readonly { reason: string; references: readonly Reference[] }[] = [
  {
    reason: 'Money: the books keep every movement and whatever it was for.',
    references: [
      ...columns('payments', 'user_id'),
      ...columns('refunds', 'requested_by_id'),
      ...columns('invoices', 'user_id', 'issuer_id'),
      ...columns('transactions', 'created_by_id'),
      ...columns('ledger_accounts', 'owner_id'),
      ...columns('wallets', 'user_id'),
      ...columns('subscriptions', 'user_id'),
      ...columns('payouts', 'host_id'),
      ...columns('payout_accounts', 'user_id'),
      ...columns('commission_configs', 'host_id', 'created_by_id'),
      ...columns('reconciliation_breaks', 'resolved_by_id'),
    ],
  },
  {
    reason: 'Events that people booked, and bookings that money, a scan or somebody else’s ticket stands on.',
    references: [
      ...columns('events', 'host_id'),
      ...columns('event_updates', 'author_id'),
      ...columns('archive.event_updates', 'author_id'),
      ...columns('cancellation_policies', 'owner_id'),
      ...columns('bookings', 'user_id', 'decided_by_id', 'cancelled_by_id'),
      ...columns('inventory_holds', 'user_id'),
      ...columns('event_participants', 'user_id'),
      ...columns('waitlists', 'user_id'),
      ...columns('waitlist_offers', 'user_id'),
      ...columns('promo_codes', 'created_by_id'),
      ...columns('promo_redemptions', 'user_id'),
      ...columns('promo_user_counters', 'user_id'),
      ...columns('event_check_ins', 'staff_id'),
      ...columns('scanner_devices', 'registered_by_id'),
      ...columns('attendances', 'user_id'),
      ...columns('door_quarantine', 'staff_id'),
      ...columns('polls', 'author_id'),
      ...columns('questions', 'author_id', 'decided_by_id'),
      ...columns('stage_mutes', 'user_id', 'by_id'),
    ],
  },
  {
    reason: 'Chats of people: the messages are deleted there, and their places in the order of the chat stay.',
    references: [
      ...columns('chat_participants', 'user_id'),
      ...columns('messages', 'sender_id'),
      ...columns('archive.messages', 'sender_id'),
      ...columns('message_reactions', 'user_id'),
      ...columns('archive.message_reactions', 'user_id'),
      ...columns('message_revisions', 'editor_id'),
      ...columns('archive.message_revisions', 'editor_id'),
    ],
  },
  {
    reason: 'Files: the row stays until no byte is left in the object store.',
    references: columns('media_assets', 'owner_id'),
  },
  {
    reason: 'What moderation and support did, and what they did it about.',
    references: [
      ...columns('reports', 'reporter_id', 'subject_user_id', 'assigned_to_id'),
      ...columns('moderation_cases', 'subject_user_id'),
      ...columns('moderation_queue', 'claimed_by_id'),
      ...columns('moderation_actions', 'actor_id', 'target_user_id'),
      ...columns('suspension_records', 'user_id'),
      ...columns('warnings', 'user_id', 'issued_by_id'),
      ...columns('appeals', 'appellant_id', 'reviewer_id', 'actor_id'),
      ...columns('suspicious_activities', 'user_id', 'reviewed_by_id'),
      ...columns('trust_events', 'user_id'),
      ...columns('verifications', 'reviewer_id'),
      ...columns('support_tickets', 'user_id', 'assignee_id'),
      ...columns('ticket_responses', 'author_id'),
    ],
  },
  {
    reason: 'The proof of what was agreed to or asked for.',
    references: [...columns('consents', 'user_id'), ...columns('data_requests', 'user_id')],
  },
  {
    reason: 'What no operation writes: should it be there, somebody wrote it by hand.',
    references: [
      ...columns('posts', 'author_id'),
      ...columns('comments', 'author_id'),
      ...columns('reviews', 'author_id', 'host_id'),
      ...columns('referrals', 'referrer_id', 'referred_id'),
      ...columns('referral_codes', 'user_id'),
      ...columns('user_points', 'user_id'),
      ...columns('announcements', 'author_id'),
      ...columns('background_jobs', 'requested_by_id'),
      ...columns('email_templates', 'updated_by_id'),
      ...columns('faqs', 'updated_by_id'),
      ...columns('feature_flags', 'updated_by_id'),
      ...columns('system_settings', 'updated_by_id'),
    ],
  },
];

/** Columns in which the database itself puts nobody, and rows that `removal.writes.ts` treats by name. */
export const FOLLOWING: readonly Reference[] = [
  ...columns('chats', 'created_by'),
  ...columns('notifications', 'actor_id'),
  ...columns('profiles', 'user_id'),
  ...columns('subject_keys', 'user_id'),
];
