import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as the from './small-world.ts';
import { id, journal } from './small-world.ts';

let sql: pg.Client;

beforeAll(async () => {
  sql = await the.openSmallWorld();
});

afterAll(() => sql.end());

const hold = (type: string, user: string, state = 'HELD'): string =>
  `INSERT INTO inventory_holds (id, event_id, ticket_type_id, booking_id, user_id, state, quantity, expires_at)
   VALUES (gen_random_uuid(), '${the.event}', '${type}', '${the.booking}', '${user}', '${state}', 1, '2027-01-01');`;
const refund = (amount: number, currency = 'BDT'): string =>
  `INSERT INTO refunds (id, payment_id, amount, currency) VALUES (gen_random_uuid(), '${the.payment}', ${amount}, '${currency}');`;
const waiting = (status: string): string =>
  `INSERT INTO waitlists (id, event_id, ticket_type_id, user_id, status)
   VALUES (gen_random_uuid(), '${the.event}', '${the.ticketType}', '${the.guest}', '${status}');`;
const offer = (number: number, waitlist: number): string =>
  `INSERT INTO waitlist_offers (id, waitlist_id, event_id, ticket_type_id, user_id, expires_at)
   VALUES ('${id(number)}', '${id(waitlist)}', '${the.event}', '${the.ticketType}', '${the.guest}', now() + interval '1 hour');`;
const queued = (number: number, status: string): string =>
  `INSERT INTO waitlists (id, event_id, ticket_type_id, user_id, status)
   VALUES ('${id(number)}', '${the.event}', '${the.ticketType}', '${the.guest}', '${status}');`;
const points = (amount: number, sourceId = 'one'): string =>
  `INSERT INTO user_points (id, user_id, rule_id, source, source_id, amount, day_key, event_time)
   VALUES (gen_random_uuid(), '${the.guest}', '${the.rule}', 'CHECK_IN', '${sourceId}', ${amount}, '2027-01-01', now());`;
const scan = (number: number, deviceSeq: number): string =>
  `INSERT INTO event_check_ins (id, event_id, list_id, participant_id, device_id, device_seq)
   VALUES ('${id(number)}', '${the.event}', '${the.list}', '${the.participant}', '${the.device}', ${deviceSeq});`;
const appeal = (appellant: string, reviewer: string, action = the.action): string =>
  `INSERT INTO appeals (id, action_id, appellant_id, reviewer_id, status, statement)
   VALUES (gen_random_uuid(), '${action}', '${appellant}', '${reviewer}', 'UNDER_REVIEW', 'It was not me');`;
const payout = (status: string, amount: number): string =>
  `${topUp(102, 700)}
   INSERT INTO payout_accounts (id, user_id, kind, country, holder_name, details, details_hash)
     VALUES ('${id(90)}', '${the.host}', 'BKASH', 'BD', 'x', 'x', 'x');
   INSERT INTO payouts (id, host_id, account_id, status, amount) VALUES ('${id(91)}', '${the.host}', '${id(90)}', '${status}', ${amount});
   INSERT INTO payout_items (id, payout_id, journal_id, amount) VALUES (gen_random_uuid(), '${id(91)}', '${id(102)}', 700);`;
const friendship = (from: string, to: string): string =>
  `INSERT INTO friendships (id, requester_id, addressee_id) VALUES (gen_random_uuid(), '${from}', '${to}');`;
const notification = `INSERT INTO notifications (id, user_id, type, title, message, dedupe_key)
   VALUES (gen_random_uuid(), '${the.guest}', 'SYSTEM', 't', 'm', 'same');`;
const commission = (from: string, to: string): string =>
  `INSERT INTO commission_configs (id, rate_basis_points, starts_at, ends_at) VALUES (gen_random_uuid(), 500, '${from}', '${to}');`;
const category = (number: number, parent: number | null, slug: string): string =>
  `INSERT INTO event_categories (id, name, slug, parent_id) VALUES ('${id(number)}', '${slug}', '${slug}', ${parent ? `'${id(parent)}'` : 'NULL'});`;
const topUp = (number: number, amount: number): string =>
  journal(number, [
    [the.clearing, -amount],
    [the.purse, amount],
  ]);
const walletHold = (amount: number): string =>
  `INSERT INTO wallet_holds (id, wallet_id, amount, expires_at) VALUES ('${id(95)}', '${the.wallet}', ${amount}, now());`;
const audit = `INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id)
   VALUES ('${id(96)}', 'a', 't', 'i', '', '', '');`;
const set = (table: string, row: string, assignment: string): string =>
  `UPDATE ${table} SET ${assignment} WHERE id = '${row}';`;
const review = (values: string): string =>
  `INSERT INTO reviews (id, event_id, author_id, host_id, rating, subject)
   VALUES (gen_random_uuid(), '${the.event}', '${the.guest}', ${values});`;

/** What somebody might write, and the rule that stops it. */
const ATTEMPTS: [what: string, statements: string, constraint: string][] = [
  ['more seats given back than were held', set('events', the.event, 'held = held - 1'), 'events_counts_check'],
  [
    'a ticket type with fewer than none sold',
    set('ticket_types', the.ticketType, 'sold = -1'),
    'ticket_types_counts_check',
  ],
  ['an event that ends before it starts', set('events', the.event, `end_date = '2026-12-31'`), 'events_times_check'],
  ['a free event with a price', set('events', the.event, 'price = 500'), 'events_price_check'],
  ['a price in no currency', set('events', the.event, `currency = 'taka'`), 'events_currency_check'],
  ['a latitude without a longitude', set('events', the.event, 'latitude = 23.8'), 'events_place_check'],
  [
    'a cancelled event that was never cancelled',
    set('events', the.event, `status = 'CANCELLED'`),
    'events_cancelled_check',
  ],
  [
    'a second live hold where one is allowed',
    hold(the.onceType, the.guest) + hold(the.onceType, the.guest),
    'inventory_holds_one_active_key',
  ],
  [
    'a ticket of another event',
    set('ticket_types', the.ticketType, `event_id = '${the.otherEvent}'`) + hold(the.ticketType, the.guest),
    'inventory_holds_event',
  ],
  ['a hold of nothing', hold(the.ticketType, the.guest).replace(', 1,', ', 0,'), 'inventory_holds_quantity_check'],
  [
    'a hold without an end',
    hold(the.ticketType, the.guest).replace(`'2027-01-01'`, 'NULL'),
    'inventory_holds_expiry_check',
  ],
  ['a total that is not its parts', set('bookings', the.booking, 'subtotal_amount = 900'), 'bookings_total_check'],
  ['a held booking without an end', set('bookings', the.booking, `status = 'HELD'`), 'bookings_hold_check'],
  [
    'one seat for two people',
    `INSERT INTO event_participants (id, event_id, status, seat_label) VALUES (gen_random_uuid(), '${the.event}', 'ISSUED', 'A1')`,
    'event_participants_seat_key',
  ],
  ['two places in one queue', waiting('WAITING') + waiting('WAITING'), 'waitlists_one_active_per_type_key'],
  [
    'two live offers for one ticket type',
    queued(80, 'OFFERED') + queued(81, 'LEFT') + offer(82, 80) + offer(83, 81),
    'waitlist_offers_one_live_per_type_key',
  ],
  [
    'an accepted offer without a booking',
    queued(80, 'OFFERED') + offer(82, 80) + set('waitlist_offers', id(82), `status = 'ACCEPTED'`),
    'waitlist_offers_booking_check',
  ],
  [
    'a code used more often than it may be',
    set('promo_codes', the.promo, 'reserved = 2, redeemed = 1'),
    'promo_codes_uses_check',
  ],
  [
    'a person using a code more often than a person may',
    `INSERT INTO promo_user_counters (promo_code_id, user_id, max_uses, redeemed) VALUES ('${the.promo}', '${the.guest}', 9, 2)`,
    'promo_user_counters_uses_check',
  ],
  ['a code with two discounts', set('promo_codes', the.promo, 'amount = 100'), 'promo_codes_kind_check'],
  ['a payment of nothing', set('payments', the.payment, 'amount = 0'), 'payments_only_forward'],
  [
    'a new payment of nothing',
    `INSERT INTO payments (id, user_id, amount) VALUES (gen_random_uuid(), '${the.guest}', 0)`,
    'payments_amount_check',
  ],
  ['a captured payment that goes back', set('payments', the.payment, `status = 'PROCESSING'`), 'payments_only_forward'],
  [
    'a payment that fails after its capture',
    set('payments', the.payment, `status = 'FAILED'`),
    'payments_only_forward',
  ],
  ['a refund sum made up', set('payments', the.payment, 'refunded_amount = 1'), 'payments_only_forward'],
  ['a sum of disputes made up', set('payments', the.payment, 'disputed_amount = 1'), 'payments_only_forward'],
  ['more refunded than captured', refund(600) + refund(600), 'payments_refunded_check'],
  ['a refund of nothing', refund(0), 'refunds_amount_check'],
  ['a refund in another currency', refund(100, 'USD'), 'refunds_payment_currency'],
  ['a payment deleted', `DELETE FROM payments WHERE id = '${the.payment}'`, 'payments_kept'],
  [
    'a person deleted who has bookings',
    `INSERT INTO bookings (id, user_id, event_id, total_amount) VALUES (gen_random_uuid(), '${the.friend}', '${the.event}', 0);
     DELETE FROM users WHERE id = '${the.friend}'`,
    'bookings_user_id_fkey',
  ],
  [
    'an unbalanced journal',
    journal(100, [
      [the.clearing, -100],
      [the.earnings, 99],
    ]),
    'transactions_balanced',
  ],
  [
    'a journal that balances over two currencies only',
    `INSERT INTO ledger_accounts (id, kind, currency, normal_side, allow_negative) VALUES ('${id(101)}', 'FX_LIQUIDITY', 'USD', 'DEBIT', true);${journal(
      100,
      [
        [the.clearing, -100],
        [id(101), 100, 'USD'],
      ],
    )}`,
    'transactions_balanced',
  ],
  [
    'a journal without entries',
    `INSERT INTO transactions (id, source_type, source_id, kind) VALUES ('${id(100)}', 'MANUAL', 'x', 'ADJUSTMENT')`,
    'transactions_balanced',
  ],
  [
    'an entry in another currency than its account',
    journal(100, [
      [the.clearing, -100, 'USD'],
      [the.earnings, 100, 'USD'],
    ]),
    'ledger_entries_account_currency',
  ],
  [
    'an entry of nothing',
    journal(100, [
      [the.clearing, 0],
      [the.earnings, 0],
    ]),
    'ledger_entries_amount_check',
  ],
  [
    'a debt of a person who may have none',
    journal(100, [
      [the.purse, -1],
      [the.clearing, 1],
    ]),
    'ledger_accounts_not_negative',
  ],
  ['a balance made up', set('ledger_accounts', the.purse, 'posted = 5'), 'ledger_accounts_guard'],
  [
    'an account that begins with a balance',
    `INSERT INTO ledger_accounts (id, kind, currency, normal_side, posted, version) VALUES ('${id(101)}', 'BANK', 'BDT', 'DEBIT', 5, 1)`,
    'ledger_accounts_guard',
  ],
  ['a wallet allowed to owe', set('ledger_accounts', the.purse, 'allow_negative = true'), 'ledger_accounts_owed_check'],
  ['more set aside than there is', topUp(100, 50) + walletHold(51), 'ledger_accounts_not_negative'],
  [
    'money spent that is set aside',
    topUp(100, 50) +
      walletHold(50) +
      journal(102, [
        [the.purse, -1],
        [the.clearing, 1],
      ]),
    'ledger_accounts_not_negative',
  ],
  [
    'a hold that ends twice',
    `${topUp(100, 50)}${walletHold(50)}${set('wallet_holds', id(95), `state = 'VOIDED'`)}${set('wallet_holds', id(95), `state = 'EXPIRED'`)}`,
    'wallet_holds_end_once',
  ],
  [
    'a wallet over somebody else’s account',
    `INSERT INTO wallets (id, user_id, ledger_account_id) VALUES (gen_random_uuid(), '${the.friend}', '${the.purse}')`,
    'wallets_account',
  ],
  [
    'the same fact posted twice',
    topUp(100, 50) + topUp(101, 50).replace(`'101', 'ADJ`, `'100', 'ADJ`),
    'transactions_source_type_source_id_kind_key',
  ],
  [
    'an account in no currency',
    `INSERT INTO ledger_accounts (id, kind, currency, normal_side) VALUES ('${id(101)}', 'BANK', 'XXX', 'DEBIT')`,
    'ledger_accounts_currency_fkey',
  ],
  ['a payout that is not the sum of its items', payout('LOCKED', 800), 'payouts_sum'],
  [
    'an earning paid out twice',
    `${payout('DRAFT', 800)}INSERT INTO payout_items (id, payout_id, journal_id, amount) VALUES (gen_random_uuid(), '${id(91)}', '${id(102)}', 100)`,
    'payout_items_one_live_key',
  ],
  [
    'two commissions at one time',
    commission('2027-01-01', '2027-03-01') + commission('2027-02-01', '2027-04-01'),
    'commission_configs_no_overlap',
  ],
  [
    'a scan changed',
    `${scan(110, 1)}UPDATE event_check_ins SET gate = 'B' WHERE id = '${id(110)}'`,
    'event_check_ins_append_only',
  ],
  ['a device’s sequence number twice', scan(110, 1) + scan(111, 1), 'check_in_outcomes_device_id_device_seq_key'],
  [
    'an undo of nothing',
    scan(110, 1).replace('device_seq)', 'device_seq, kind)').replace('1);', `1, 'UNDO');`),
    'event_check_ins_undo_check',
  ],
  [
    'somebody inside who never came in',
    `INSERT INTO admission_states (event_id, list_id, participant_id, is_inside) VALUES ('${the.event}', '${the.list}', '${the.participant}', true)`,
    'admission_states_entries_check',
  ],
  [
    'a number of a count that no device keeps',
    scan(110, 1).replace(`'${the.device}'`, 'NULL'),
    'event_check_ins_device_check',
  ],
  [
    'two lists that are meant by default',
    `INSERT INTO check_in_lists (id, event_id, name, is_default) VALUES (gen_random_uuid(), '${the.event}', 'A', true), (gen_random_uuid(), '${the.event}', 'B', true)`,
    'check_in_lists_one_default',
  ],
  [
    'an audit row changed',
    `${audit}UPDATE audit_logs SET action = 'b' WHERE id = '${id(96)}'`,
    'audit_logs_append_only',
  ],
  ['an audit row removed', `${audit}DELETE FROM audit_logs WHERE id = '${id(96)}'`, 'audit_logs_append_only'],
  ['the audit emptied', 'TRUNCATE audit_logs', 'audit_logs_no_truncate'],
  [
    'half an audit chain',
    `INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id, stream) VALUES ('${id(96)}', 'a', 't', 'i', '', '', '', 's')`,
    'audit_logs_chain_check',
  ],
  [
    'a decision changed',
    set('moderation_actions', the.action, `policy_id = 'other'`),
    'moderation_actions_append_only',
  ],
  [
    'a decision against oneself',
    `INSERT INTO moderation_actions (id, case_id, actor_id, target_user_id, kind, subject_kind, subject_id, policy_id, statement_of_reasons, evidence) VALUES (gen_random_uuid(), '${the.moderationCase}', '${the.judge}', '${the.judge}', 'WARN', 'USER', 'x', 'p', 'r', '{}')`,
    'moderation_actions_actor_check',
  ],
  ['an appeal judged by who decided', appeal(the.guest, the.moderator), 'appeals_reviewer_check'],
  [
    'an appeal judged by somebody in the case',
    appeal(the.guest, the.moderator, the.automatic),
    'appeals_reviewer_uninvolved',
  ],
  ['an appeal judged by the appellant', appeal(the.guest, the.guest), 'appeals_reviewer_check'],
  ['an appeal for somebody else', appeal(the.friend, the.judge), 'appeals_appellant'],
  ['two open appeals', appeal(the.guest, the.judge) + appeal(the.guest, the.judge), 'appeals_one_open_key'],
  [
    'a suspension without an end',
    `INSERT INTO suspension_records (id, user_id, action_id, kind) VALUES (gen_random_uuid(), '${the.guest}', '${the.action}', 'SUSPENSION')`,
    'suspension_records_times_check',
  ],
  [
    'two reports of one thing',
    `INSERT INTO reports (id, reporter_id, subject_kind, subject_id, reason) SELECT gen_random_uuid(), '${the.friend}', 'USER', '${the.guest}', 'SPAM' FROM generate_series(1, 2)`,
    'reports_one_open_key',
  ],
  ['points of nothing', points(0), 'user_points_amount_check'],
  ['points for one fact twice', points(10) + points(10), 'user_points_user_id_rule_id_source_source_id_key'],
  ['points taken away silently', `${points(10)}DELETE FROM user_points`, 'user_points_append_only'],
  [
    'more points a day than the rule gives',
    `INSERT INTO point_counters (user_id, rule_id, day_key, granted, cap) VALUES ('${the.guest}', '${the.rule}', '2027-01-01', 30, 99)`,
    'point_counters_cap_check',
  ],
  [
    'a referral of oneself',
    `INSERT INTO referral_codes (id, user_id, code) VALUES ('${id(120)}', '${the.guest}', 'ME'); INSERT INTO referrals (id, code_id, referrer_id, referred_id) VALUES (gen_random_uuid(), '${id(120)}', '${the.guest}', '${the.guest}')`,
    'referrals_self_check',
  ],
  [
    'two friendships of one pair',
    friendship(the.guest, the.friend) + friendship(the.friend, the.guest),
    'friendships_one_live_key',
  ],
  ['friends with oneself', friendship(the.guest, the.guest), 'friendships_self_check'],
  [
    'following oneself',
    `INSERT INTO follows (follower_id, followee_id) VALUES ('${the.guest}', '${the.guest}')`,
    'follows_self_check',
  ],
  ['six stars', review(`'${the.host}', 6, 'EVENT'`), 'reviews_rating_check'],
  ['a host’s review of the own event', review(`'${the.guest}', 5, 'EVENT'`), 'reviews_self_check'],
  [
    'two reviews of one event',
    review(`'${the.host}', 5, 'EVENT'`) + review(`'${the.host}', 4, 'EVENT'`),
    'reviews_one_per_author_key',
  ],
  ['one fact told twice', notification + notification, 'notifications_user_id_dedupe_key_key'],
  [
    'a category below itself',
    category(130, null, 'a') + category(131, 130, 'b') + set('event_categories', id(130), `parent_id = '${id(131)}'`),
    'event_categories_no_cycle',
  ],
  ['an address in capital letters', set('users', the.guest, `email = 'P1@example.org'`), 'users_email_lower_check'],
  [
    'a message before the first',
    `INSERT INTO chats (id, kind) VALUES ('${id(140)}', 'GROUP'); INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq) VALUES ('${id(140)}', -1, gen_random_uuid(), '${the.guest}', gen_random_uuid(), 1, 'x', now(), 1)`,
    'messages_place_check',
  ],
  [
    'a webhook over plain http',
    `INSERT INTO webhooks (id, user_id, url, secret) VALUES (gen_random_uuid(), '${the.host}', 'http://example.org', 'x')`,
    'webhooks_url_check',
  ],
  [
    'a flag for more than everybody',
    `INSERT INTO feature_flags (id, key, description, rollout_basis_points) VALUES (gen_random_uuid(), 'f', 'd', 10001)`,
    'feature_flags_rollout_check',
  ],
];

test.each(ATTEMPTS)('refuses %s', async (_what, statements, constraint) => {
  expect(await the.refusalOf(sql, statements)).toBe(constraint);
});

test('a journal that its transaction has closed takes no further entries', async () => {
  expect(await the.refusalOf(sql, topUp(200, 50))).toBeNull();
  const later = topUp(200, 5).replace(/INSERT INTO transactions[^;]*;/, '');
  expect(await the.refusalOf(sql, later)).toBe('ledger_entries_open_journal');
  const changes = [`UPDATE transactions SET description = 'x'`, 'DELETE FROM ledger_entries'];
  const refusals = [];
  for (const change of changes) refusals.push(await the.refusalOf(sql, change));
  expect(refusals).toEqual(['transactions_append_only', 'ledger_entries_append_only']);
});
