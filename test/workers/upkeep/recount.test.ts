import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSchema } from '../../../scripts/schema-docs/parse.ts';
import { upkeep } from '../../../src/workers/upkeep/jobs.ts';
import { recountJob } from '../../../src/workers/upkeep/recount.job.ts';
import { id } from '../../prisma/small-world.ts';
import { DAY_MS, openUpkeepWorld, type UpkeepWorld } from './upkeep-world.ts';

const { recounts, notRecounted } = upkeep;

let world: UpkeepWorld;
const [host, guest, friend, event, type, booking, hold] = [1, 2, 3, 10, 11, 12, 13].map(id);
const [post, review, promo, chat, board, rule] = [20, 21, 22, 23, 24, 25].map(id);

/** A row of every kind that something is kept about. */
const ROWS = `
  INSERT INTO users (id, email, username, password) VALUES
    ('${host}', 'h@example.org', 'h', 'x'), ('${guest}', 'g@example.org', 'g', 'x'), ('${friend}', 'f@example.org', 'f', 'x');
  INSERT INTO event_categories (id, name, slug) VALUES ('${id(30)}', 'Arts', 'arts');
  INSERT INTO event_categories (id, name, slug, parent_id) VALUES ('${id(31)}', 'Film', 'film', '${id(30)}');
  INSERT INTO events (id, title, slug, description, host_id, start_date, end_date, held, sold, current_participants) VALUES
    ('${event}', 'Meetup', 'meetup', 'Talks', '${host}', '2027-01-01', '2027-01-02', 2, 1, 1);
  INSERT INTO ticket_types (id, event_id, name, capacity, held, sold) VALUES ('${type}', '${event}', 'General', 10, 2, 1);
  INSERT INTO bookings (id, user_id, event_id, status, total_amount) VALUES ('${booking}', '${guest}', '${event}', 'CONFIRMED', 0);
  INSERT INTO inventory_holds (id, event_id, ticket_type_id, booking_id, user_id, state, quantity, expires_at) VALUES
    ('${hold}', '${event}', '${type}', '${booking}', '${guest}', 'SOLD', 1, NULL),
    ('${id(14)}', '${event}', '${type}', '${booking}', '${guest}', 'HELD', 2, now());
  INSERT INTO event_participants (id, event_id, booking_id, user_id, ticket_type_id, status) VALUES
    ('${id(15)}', '${event}', '${booking}', '${guest}', '${type}', 'ISSUED');
  INSERT INTO promo_codes (id, code, created_by_id, kind, percent_basis_points, redeemed) VALUES ('${promo}', 'TEN', '${host}', 'PERCENT', 1000, 1);
  INSERT INTO promo_redemptions (id, promo_code_id, booking_id, user_id, state, discount_amount) VALUES
    ('${id(26)}', '${promo}', '${booking}', '${guest}', 'REDEEMED', 0);
  INSERT INTO promo_user_counters (promo_code_id, user_id, redeemed) VALUES ('${promo}', '${guest}', 1);
  INSERT INTO scanner_devices (id, event_id, registered_by_id, name, public_key, last_seq) VALUES ('${id(16)}', '${event}', '${host}', 'Phone', 'k', 7);
  INSERT INTO event_check_ins (id, event_id, device_id, device_seq) VALUES ('${id(17)}', '${event}', '${id(16)}', 7);
  INSERT INTO check_in_lists (id, event_id, name) VALUES ('${id(18)}', '${event}', 'Door');
  INSERT INTO event_check_ins (id, event_id, list_id, participant_id) VALUES ('${id(19)}', '${event}', '${id(18)}', '${id(15)}');
  UPDATE check_in_outcomes SET outcome = 'ADMITTED' WHERE check_in_id = '${id(19)}';
  INSERT INTO admission_states (event_id, list_id, participant_id, entries, is_inside) VALUES ('${event}', '${id(18)}', '${id(15)}', 1, true);
  INSERT INTO attendances (user_id, event_id, scan_id, admitted_at) VALUES ('${guest}', '${event}', '${id(19)}', now());
  INSERT INTO ledger_accounts (id, owner_id, kind, currency, normal_side, allow_negative) VALUES
    ('${id(50)}', NULL, 'PSP_CLEARING', 'BDT', 'DEBIT', true), ('${id(51)}', '${host}', 'HOST_PENDING', 'BDT', 'CREDIT', false);
  INSERT INTO payments (id, user_id, booking_id, amount, status) VALUES ('${id(40)}', '${guest}', '${booking}', 1000, 'COMPLETED');
  INSERT INTO refunds (id, payment_id, amount) VALUES ('${id(41)}', '${id(40)}', 300);
  INSERT INTO posts (id, author_id, body) VALUES ('${post}', '${host}', 'Hello');
  INSERT INTO post_likes (post_id, user_id) VALUES ('${post}', '${guest}'), ('${post}', '${friend}');
  INSERT INTO comments (id, post_id, author_id, body) VALUES ('${id(27)}', '${post}', '${guest}', 'Hi');
  INSERT INTO reviews (id, event_id, author_id, host_id, rating) VALUES ('${review}', '${event}', '${guest}', '${host}', 4);
  INSERT INTO review_votes (review_id, user_id, kind) VALUES ('${review}', '${friend}', 'HELPFUL');
  INSERT INTO point_rules (id, key, source, points) VALUES ('${rule}', 'check-in', 'CHECK_IN', 10);
  INSERT INTO user_points (id, user_id, rule_id, source, source_id, amount, day_key, event_time) VALUES
    ('${id(28)}', '${guest}', '${rule}', 'CHECK_IN', 'a', 10, '2027-01-01', '2027-01-01');
  INSERT INTO leaderboards (id, key, name, metric, period, starts_at) VALUES ('${board}', 'all', 'All', 'POINTS', 'ALL_TIME', '2026-01-01');
  INSERT INTO leaderboard_entries (leaderboard_id, user_id, score, reached_at) VALUES ('${board}', '${guest}', 10, '2027-01-01');
  INSERT INTO mfa_factors (id, user_id, kind, secret, confirmed_at) VALUES ('${id(29)}', '${guest}', 'TOTP', 'x', now());
  UPDATE users SET two_factor_enabled = true WHERE id = '${guest}';
  INSERT INTO referral_codes (id, user_id, code, use_count) VALUES ('${id(60)}', '${host}', 'HOST', 1);
  INSERT INTO referrals (id, code_id, referrer_id, referred_id) VALUES ('${id(61)}', '${id(60)}', '${host}', '${guest}');
  INSERT INTO moderation_cases (id, subject_kind, subject_id, report_count) VALUES ('${id(62)}', 'POST', '${post}', 1);
  INSERT INTO reports (id, reporter_id, subject_kind, subject_id, case_id, reason) VALUES ('${id(63)}', '${guest}', 'POST', '${post}', '${id(62)}', 'SPAM');
  INSERT INTO chats (id, kind) VALUES ('${chat}', 'GROUP');
  INSERT INTO chat_message_sequences (chat_id, epoch, last_seq, last_ordinal) VALUES ('${chat}', 'e', 3, 2);
  INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq, reactions) VALUES
    ('${chat}', 1, '${id(70)}', '${guest}', '${id(71)}', 1, 'a', now(), 5, '{"🔥": 1}'),
    ('${chat}', 3, '${id(72)}', '${guest}', '${id(73)}', 2, 'b', now(), 3, '{}');
  INSERT INTO message_reactions (chat_id, seq, emoji, user_id, created_at) VALUES ('${chat}', 1, '🔥', '${host}', now());
  INSERT INTO chat_participants (chat_id, user_id, last_read_seq, last_read_ordinal) VALUES ('${chat}', '${guest}', 4, 2), ('${chat}', '${host}', 2, 1);
  INSERT INTO live_sessions (event_id) VALUES ('${event}');
  INSERT INTO polls (id, event_id, author_id, kind, prompt, sort_order, voters) VALUES ('${id(80)}', '${event}', '${host}', 'SINGLE', 'Which?', 1, 1);
  INSERT INTO poll_options (id, poll_id, text, sort_order, votes) VALUES ('${id(81)}', '${id(80)}', 'Red', 0, 1), ('${id(82)}', '${id(80)}', 'Blue', 1, 0);
  INSERT INTO poll_votes (poll_id, voter_hash, choices) VALUES ('${id(80)}', decode(repeat('00', 32), 'hex'), ARRAY['${id(81)}'::uuid]);
  INSERT INTO questions (id, event_id, author_id, body, status) VALUES ('${id(83)}', '${event}', '${guest}', 'Why?', 'VISIBLE');
  INSERT INTO question_votes (question_id, user_id) VALUES ('${id(83)}', '${guest}');
`;

/** What breaks each kept value, past its triggers. */
const BREAK: Record<string, string> = {
  events: 'held = 5, sold = 9, current_participants = 3',
  ticket_types: 'held = 0, sold = 4',
  promo_codes: 'reserved = 2, redeemed = 0',
  promo_user_counters: 'redeemed = 4',
  scanner_devices: 'last_seq = 1',
  admission_states: 'entries = 3',
  attendances: `scan_id = '${id(17)}'`,
  event_categories: `path = 'nowhere/' || slug, depth = 5`,
  ledger_accounts: 'posted = 70, version = 1',
  payments: 'refunded_amount = 0',
  posts: 'like_count = 7, comment_count = 0',
  chat_message_sequences: 'last_ordinal = 1, last_seq = 2',
  chat_participants: 'last_read_ordinal = CASE WHEN last_read_seq = 4 THEN 0 ELSE 2 END',
  messages: `reactions = '{"🔥": 4, "👍": 1}'`,
  rating_summaries: 'review_count = 2, rating_sum = 9, five_count = 1, average = 4.5',
  reviews: 'helpful_count = 0, unhelpful_count = 3',
  point_balances: 'earned = 12, balance = 12',
  leaderboard_entries: `score = 1, reached_at = '2026-02-01'`,
  users: 'two_factor_enabled = NOT two_factor_enabled',
  referral_codes: 'use_count = 0',
  moderation_cases: 'report_count = 8',
  poll_options: 'votes = 4',
  polls: 'voters = 0',
  questions: 'upvotes = 7',
};

beforeAll(async () => {
  world = await openUpkeepWorld();
  await world.sql.query(ROWS);
});
afterAll(() => world.close());

/** Runs a whole pass, a day after the one before. */
const recount = async (): Promise<{ table: string; isRepaired: boolean }[]> => {
  world.pass(DAY_MS + 1_000);
  await recountJob(world, recounts).run({});
  const [row] = await world.rows<{ status: string; result: { found: number; findings: never[] } }>(
    `SELECT status, result FROM background_jobs WHERE name = 'upkeep.recount' ORDER BY created_at DESC LIMIT 1`,
  );
  expect(row?.status).toBe('SUCCEEDED');
  expect(row?.result.found).toBe(row?.result.findings.length);
  return row?.result.findings ?? [];
};

const keptValues = (table: string): Promise<unknown[]> => {
  const { columns, key } = recounts.find((entry) => entry.table === table) ?? { columns: [], key: {} };
  return world.rows(`SELECT ${columns} FROM ${table} ORDER BY ${Object.keys(key)}`);
};

/** As a bug, a restored backup or a person at the console would. */
const breakValue = async (table: string): Promise<void> => {
  await world.sql.query(
    `SET session_replication_role = replica; UPDATE ${table} SET ${BREAK[table]}; RESET session_replication_role`,
  );
};

test('finds nothing where everything is right', async () => {
  expect(await recount()).toEqual([]);
});

test('every entry of the list is tried below', () => {
  expect(Object.keys(BREAK).sort()).toEqual(recounts.map(({ table }) => table).sort());
});

test.each(recounts)('$table: what is wrong is found, repaired and told', async ({ table, isRepaired }) => {
  const right = await keptValues(table);
  expect(right.length).toBeGreaterThan(0);
  await breakValue(table);
  const wrong = await keptValues(table);
  expect(wrong).not.toEqual(right);
  const findings = (await recount()).filter((finding) => finding.table === table);
  expect(findings.length).toBeGreaterThan(0);
  if (isRepaired === false) {
    expect(findings.every((finding) => !finding.isRepaired)).toBe(true);
    expect(await keptValues(table)).toEqual(wrong);
    return;
  }
  expect(findings.every((finding) => finding.isRepaired)).toBe(true);
  expect(await keptValues(table)).toEqual(right);
  const told = await world.rows(
    `SELECT name FROM error_logs WHERE name = 'recount of ${table}' AND resolved_at IS NULL`,
  );
  expect(told).toHaveLength(1);
  expect((await recount()).filter((finding) => finding.table === table)).toEqual([]);
});

test.each(['rating_summaries', 'point_balances'])('%s: a row that is missing is made', async (table) => {
  const right = await keptValues(table);
  await world.sql.query(`DELETE FROM ${table}`);
  await recount();
  expect(await keptValues(table)).toEqual(right);
});

test('a repair waits for nobody: a row in use is left to the next pass', async () => {
  await breakValue('posts');
  await world.sql.query('BEGIN');
  await world.sql.query('SELECT 1 FROM posts FOR UPDATE');
  world.pass(DAY_MS + 1_000);
  await recountJob(world, recounts).run({});
  await world.sql.query('COMMIT');
  expect(await keptValues('posts')).toEqual([{ like_count: 7, comment_count: 0 }]);
  expect((await recount()).map(({ table }) => table)).toContain('posts');
  expect(await keptValues('posts')).toEqual([{ like_count: 2, comment_count: 1 }]);
});

const KEPT = /recounted by a job|kept by|added up by|a job proves|written by the trigger|copied from the rows/i;

test('whatever the schema says is kept beside its source is in the list, or is left out for a reason', () => {
  const listed = new Set([
    ...recounts.flatMap(({ table, columns }) => [table, ...columns.map((column) => `${table}.${column}`)]),
    ...Object.keys(notRecounted),
  ]);
  const { models } = readSchema('prisma/schema');
  const said = models.flatMap(({ table, comment, fields }) => [
    ...(KEPT.test(comment) ? [table] : []),
    ...fields.filter((field) => KEPT.test(field.comment)).map(({ column }) => `${table}.${column}`),
  ]);
  expect(said.length).toBeGreaterThan(8);
  expect(said.filter((name) => !listed.has(name))).toEqual([]);
});

test('every column of the list is one of the schema', () => {
  const { models } = readSchema('prisma/schema');
  for (const { table, columns, key } of recounts) {
    const known = models.find((model) => model.table === table)?.fields.map(({ column }) => column) ?? [];
    expect(known).toEqual(expect.arrayContaining([...columns, ...Object.keys(key)]));
  }
});
