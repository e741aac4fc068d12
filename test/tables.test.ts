import { expect, test } from 'vitest';
import { declaredTables, tablesByFile, tablesNamedIn } from './support/tables.ts';

/** Tables, by the domain that they belong to. Only that domain reads and writes them. */
const OWNED: Record<string, readonly string[]> = {
  identity: [
    ...[
      'users',
      'profiles',
      'interests',
      'emergency_contacts',
      'blocks',
      'sessions',
      'refresh_tokens',
      'login_history',
    ],
    ...['verifications', 'stranger_reaches', 'auth_identities', 'mfa_factors', 'consents', 'data_requests'],
  ],
  media: ['media_assets'],
  payments: [
    ...['payments', 'transactions', 'refunds', 'disputes', 'payment_webhook_events', 'reconciliation_breaks'],
    ...[
      'ledger_accounts',
      'ledger_entries',
      'wallets',
      'wallet_holds',
      'commission_configs',
      'tax_rates',
      'currencies',
    ],
    ...[
      'payouts',
      'payout_items',
      'payout_accounts',
      'invoices',
      'billing_details',
      'subscriptions',
      'subscription_plans',
    ],
  ],
  events: [
    ...['events', 'event_categories', 'event_series', 'event_hosts', 'event_updates', 'saved_events', 'ticket_types'],
    ...['cancellation_policies', 'inventory_holds', 'bookings', 'event_participants', 'waitlists', 'waitlist_offers'],
    ...['promo_codes', 'promo_redemptions', 'promo_user_counters', 'event_signing_keys', 'ticket_revocations'],
    ...['event_check_ins', 'check_in_lists', 'scanner_devices', 'admission_states', 'check_in_outcomes'],
    ...['attendances', 'door_quarantine'],
  ],
  social: [
    ...['chats', 'chat_participants', 'chat_message_sequences', 'messages', 'message_reactions', 'message_revisions'],
    ...['chat_pins', 'chat_mentions', 'chat_links', 'chat_join_requests'],
    ...['posts', 'post_likes', 'comments', 'stories', 'story_views', 'friendships', 'follows'],
  ],
  live: [
    ...['live_sessions', 'live_applause', 'live_viewers', 'polls', 'poll_options', 'poll_votes', 'questions'],
    ...['question_votes', 'stage_mutes'],
  ],
  notifications: [
    ...['notifications', 'notification_preferences', 'notification_queue', 'notification_deliveries', 'device_tokens'],
    'email_templates',
  ],
  reviews: ['reviews', 'review_votes', 'rating_summaries', 'category_ratings'],
  gamification: [
    ...['badges', 'user_badges', 'achievements', 'user_achievements', 'user_points', 'point_balances', 'point_rules'],
    ...[
      'point_counters',
      'leaderboards',
      'leaderboard_entries',
      'referrals',
      'referral_codes',
      'streaks',
      'streak_freezes',
    ],
  ],
  safety: [
    ...['reports', 'moderation_cases', 'moderation_queue', 'moderation_actions', 'sanction_effects', 'warnings'],
    ...['suspension_records', 'appeals', 'suspicious_activities', 'trust_scores', 'trust_events', 'safety_check_ins'],
  ],
  admin: [
    ...['activity_logs', 'dashboard_stats', 'system_settings', 'feature_flags', 'feature_flag_overrides', 'api_keys'],
    ...['announcements', 'faqs', 'support_tickets', 'ticket_responses', 'webhooks', 'webhook_deliveries'],
  ],
  platform: [
    ...['outbox_events', 'fact_subscribers', 'fact_deliveries', 'idempotency_keys', 'dead_letters', 'background_jobs'],
    ...['audit_logs', 'audit_streams', 'audit_checkpoints', 'subject_keys', 'search_words', 'error_logs'],
  ],
};

/**
 * Tables that a domain still reads or writes though they are another's. The list may only shrink: whoever takes the last
 * such statement away takes the entry away, and nobody adds one.
 */
const STILL_TOUCHED: Record<string, readonly string[]> = {
  events: [
    ...['currencies', 'follows', 'system_settings', 'tax_rates', 'users'],
    // What keeps an event of a removed test account.
    ...['commission_configs', 'invoices', 'notification_queue', 'payments', 'payout_items', 'refunds', 'reviews'],
    ...['support_tickets', 'wallet_holds'],
  ],
  identity: [
    'bookings',
    'chat_participants',
    'chats',
    'email_templates',
    'events',
    'follows',
    'friendships',
    'messages',
    'subject_keys',
  ],
  media: ['messages', 'users'],
  payments: [
    ...['bookings', 'event_categories', 'event_participants', 'events', 'suspicious_activities', 'system_settings'],
    'users',
  ],
  social: ['media_assets', 'users'],
  platform: ['users'],
};

const tables = declaredTables();
const ownerOf = new Map(Object.entries(OWNED).flatMap(([owner, names]) => names.map((name) => [name, owner] as const)));

test('every table belongs to one domain', () => {
  expect(Object.values(OWNED).flat().sort()).toEqual(tables.map(({ table }) => table).sort());
});

test('domains and the platform touch their own tables alone', () => {
  const foreign = [...tablesByFile('src/domains', tables), ...tablesByFile('src/platform', tables)].flatMap(
    ([file, named]) => {
      const [, shell = '', domain = ''] = file.split('/');
      const owner = shell === 'platform' ? shell : domain;
      return named.flatMap((table) => (ownerOf.get(table) === owner ? [] : [`${owner} ${table}`]));
    },
  );
  const still = Object.entries(STILL_TOUCHED).flatMap(([domain, names]) => names.map((name) => `${domain} ${name}`));
  expect([...new Set(foreign)].sort()).toEqual(still.sort());
});

test.each([
  ['in SQL', 'SELECT id FROM bookings AS b JOIN events AS e ON true', ['events', 'bookings']],
  ['by the client', 'await tx.booking.updateMany({ where })', ['bookings']],
  ['in a word that only begins alike', 'SELECT FROM events_search', []],
])('a table that is named %s is seen', (_how, source, named) => {
  expect(tablesNamedIn(source, tables).sort()).toEqual([...named].sort());
});
