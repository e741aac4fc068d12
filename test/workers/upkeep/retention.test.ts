import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSchema } from '../../../scripts/schema-docs/parse.ts';
import { upkeep } from '../../../src/workers/upkeep/jobs.ts';
import { retentionJob } from '../../../src/workers/upkeep/retention.job.ts';
import { id } from '../../prisma/small-world.ts';
import { DAY_MS, openUpkeepWorld, type UpkeepWorld } from './upkeep-world.ts';

let world: UpkeepWorld;
const [ann, bob, event] = [id(1), id(2), id(3)];

beforeEach(async () => {
  world = await openUpkeepWorld();
  await world.sql.query(
    `INSERT INTO users (id, email, username, password) VALUES ('${ann}', 'a@example.org', 'ann', 'x'), ('${bob}', 'b@example.org', 'bob', 'x');
     INSERT INTO events (id, title, slug, description, host_id, start_date, end_date) VALUES
       ('${event}', 'Meetup', 'meetup', 'Talks', '${ann}', '2027-01-01', '2027-01-02')`,
  );
});
afterEach(() => world.close());

const retain = () => retentionJob(world, upkeep).run({});
const ids = async (table: string, column = 'id'): Promise<unknown[]> =>
  (await world.rows<{ key: unknown }>(`SELECT ${column} AS key FROM ${table} ORDER BY 1`)).map(({ key }) => key);

/** For each rule: a row that may go, and one that must not yet; `$when` is the moment the rule looks at. */
const EXAMPLES: Record<string, (key: string, when: string) => string> = {
  error_logs: (key, when) =>
    `INSERT INTO error_logs (id, fingerprint, source, name, message, first_seen_at, last_seen_at) VALUES ('${key}', '${key}', 'HTTP', 'n', 'm', ${when}, ${when})`,
  background_jobs: (key, when) =>
    `INSERT INTO background_jobs (id, name, status, payload, finished_at) VALUES ('${key}', 'export', 'SUCCEEDED', '{}', ${when})`,
  webhook_deliveries: (key, when) =>
    `INSERT INTO webhooks (id, user_id, url, secret) VALUES ('${id(50)}', '${ann}', 'https://example.org', 's') ON CONFLICT DO NOTHING;
     INSERT INTO webhook_deliveries (id, webhook_id, topic, fact_id, aggregate_id, payload, status, created_at)
     SELECT '${key}', '${id(50)}', (enum_range(NULL::webhook_topic))[1], '${key}', 'a', '{}', 'DELIVERED', ${when}`,
  payment_webhook_events: (key, when) =>
    `INSERT INTO payment_webhook_events (id, provider, provider_event_id, type, status, payload, received_at) VALUES ('${key}', 'SANDBOX', '${key}', 't', 'PROCESSED', '{}', ${when})`,
  notification_queue: (key, when) =>
    `INSERT INTO notification_queue (id, audience, type, title, message, dedupe_key, finished_at)
     SELECT '${key}', (enum_range(NULL::fanout_audience))[1], 'SYSTEM', 't', 'm', '${key}', ${when}`,
  stories: (key, when) =>
    `INSERT INTO stories (id, author_id, kind, caption, created_at, expires_at) VALUES ('${key}', '${ann}', 'TEXT', 'c', ${when} - interval '1 day', ${when})`,
  device_tokens: (key, when) =>
    `INSERT INTO device_tokens (id, user_id, platform, provider, token, token_hash, invalidated_at)
     SELECT '${key}', '${ann}', (enum_range(NULL::device_platform))[1], (enum_range(NULL::push_provider))[1], 't', '${key}', ${when}`,
  dashboard_stats: (key, when) =>
    `INSERT INTO dashboard_stats (id, metric, period, period_start, value) VALUES ('${key}', 'm', 'HOUR', ${when}, 1)`,
  login_history_default: (key, when) =>
    `INSERT INTO login_history (id, outcome, address, agent, created_at) VALUES ('f${key.slice(1)}', 'SUCCEEDED', '', '', ${when})`,
  activity_logs_default: (key, when) =>
    `INSERT INTO activity_logs (id, kind, created_at) SELECT 'f${key.slice(1)}', (enum_range(NULL::activity_kind))[1], ${when}`,
};
const OWN_TESTS = ['blocks', 'reports'];

test('every rule has an example', () => {
  expect([...Object.keys(EXAMPLES), ...OWN_TESTS].sort()).toEqual(upkeep.retention.map(({ table }) => table).sort());
});

test.each(upkeep.retention.filter(({ table }) => table in EXAMPLES))(
  '$name: the old row goes, the younger one stays',
  async ({ table, keepDays }) => {
    const example = EXAMPLES[table];
    await world.sql.query(example?.(id(60), `now() - interval '${keepDays} days 1 hour'`) ?? '');
    await world.sql.query(example?.(id(61), `now() - interval '${keepDays} days' + interval '1 hour'`) ?? '');
    expect(await ids(table)).toHaveLength(2);
    await retain();
    expect(await ids(table)).toEqual([expect.stringContaining(id(61).slice(1))]);
    await retain();
    expect(await ids(table)).toHaveLength(1);
  },
);

test('what is not finished stays however old it is', async () => {
  await world.sql.query(
    `INSERT INTO background_jobs (id, name, status, payload, created_at, updated_at) VALUES ('${id(70)}', 'export', 'RUNNING', '{}', '2020-01-01', '2020-01-01');
     INSERT INTO payment_webhook_events (id, provider, provider_event_id, type, status, payload, received_at) VALUES ('${id(71)}', 'SANDBOX', 'x', 't', 'QUARANTINED', '{}', '2020-01-01');
     INSERT INTO blocks (blocker_id, blocked_id) VALUES ('${ann}', '${bob}');
     INSERT INTO blocks (blocker_id, blocked_id, kind, expires_at) VALUES ('${bob}', '${ann}', 'MUTE', '2020-01-01')`,
  );
  await retain();
  expect(await ids('background_jobs')).toEqual([id(70)]);
  expect(await ids('payment_webhook_events')).toEqual([id(71)]);
  expect(await ids('blocks', 'blocker_id')).toEqual([ann]);
});

test('evidence is shredded when the life of its closed case has ended, and the report stays', async () => {
  const insert = (key: string, status: string, until: string) =>
    world.sql.query(
      `INSERT INTO moderation_cases (id, subject_kind, subject_id, status, retain_evidence_until) VALUES ('${key}', 'POST', '${key}', '${status}', ${until});
       INSERT INTO reports (id, reporter_id, subject_kind, subject_id, case_id, reason, evidence) VALUES ('${key}', '${ann}', 'POST', '${key}', '${key}', 'SPAM', '{"text": "bad"}')`,
    );
  await insert(id(80), 'CLOSED', `now() - interval '1 day'`);
  await insert(id(81), 'CLOSED', `now() + interval '1 day'`);
  await insert(id(82), 'OPEN', `now() - interval '1 day'`);
  await retain();
  expect(await world.rows('SELECT id, evidence IS NULL AS shredded FROM reports ORDER BY id')).toEqual([
    { id: id(80), shredded: true },
    { id: id(81), shredded: false },
    { id: id(82), shredded: false },
  ]);
});

test('every table whose rows people can delete is purged, or is not for a reason', () => {
  const { models } = readSchema('prisma/schema');
  const deletable = models.filter(({ fields }) => fields.some(({ column }) => column === 'deleted_at'));
  expect(deletable.map(({ table }) => table).sort()).toEqual(
    [...upkeep.purged, ...Object.keys(upkeep.notPurged)].sort(),
  );
});

test('what people deleted goes for good after a month; hidden, archived and younger rows stay', async () => {
  const old = `now() - interval '31 days'`;
  await world.sql.query(
    `INSERT INTO posts (id, author_id, body, deleted_at, hidden_at) VALUES
       ('${id(10)}', '${ann}', 'gone', ${old}, NULL), ('${id(11)}', '${ann}', 'lately', now() - interval '29 days', NULL),
       ('${id(12)}', '${ann}', 'hidden', NULL, ${old}), ('${id(13)}', '${ann}', 'shown', NULL, NULL);
     INSERT INTO post_likes (post_id, user_id) VALUES ('${id(10)}', '${bob}');
     INSERT INTO comments (id, post_id, author_id, body) VALUES ('${id(14)}', '${id(10)}', '${bob}', 'Hi');
     INSERT INTO comments (id, post_id, author_id, parent_id, body) VALUES ('${id(15)}', '${id(10)}', '${ann}', '${id(14)}', 'Hello');
     INSERT INTO events (id, title, slug, description, host_id, start_date, end_date, deleted_at, archived_at) VALUES
       ('${id(20)}', 'Draft', 'draft', '', '${ann}', '2027-01-01', '2027-01-02', ${old}, NULL),
       ('${id(21)}', 'Sold', 'sold', '', '${ann}', '2027-01-01', '2027-01-02', ${old}, NULL),
       ('${id(22)}', 'Archived', 'archived', '', '${ann}', '2027-01-01', '2027-01-02', NULL, ${old});
     INSERT INTO bookings (id, user_id, event_id, total_amount) VALUES ('${id(23)}', '${bob}', '${id(21)}', 0);
     UPDATE users SET deleted_at = ${old}, erased_at = ${old} WHERE id = '${bob}'`,
  );
  await retain();
  expect(await ids('posts')).toEqual([id(11), id(12), id(13)]);
  expect(await ids('comments')).toEqual([]);
  expect(await ids('events')).toEqual([event, id(21), id(22)]);
  expect(await ids('users')).toEqual([ann, bob]);
});

test('a deleted comment with answers loses its words and keeps its place', async () => {
  const old = `now() - interval '31 days'`;
  await world.sql.query(
    `INSERT INTO posts (id, author_id, body) VALUES ('${id(10)}', '${ann}', 'post');
     INSERT INTO comments (id, post_id, author_id, body, deleted_at) VALUES
       ('${id(11)}', '${id(10)}', '${bob}', 'answered', ${old}), ('${id(12)}', '${id(10)}', '${bob}', 'alone', ${old});
     INSERT INTO comments (id, post_id, author_id, parent_id, body) VALUES ('${id(13)}', '${id(10)}', '${ann}', '${id(11)}', 'answer')`,
  );
  await retain();
  expect(await world.rows('SELECT id, body FROM comments ORDER BY id')).toEqual([
    { id: id(11), body: '-' },
    { id: id(13), body: 'answer' },
  ]);
  expect(await world.rows(`SELECT comment_count FROM posts`)).toEqual([{ comment_count: 1 }]);
});

test('a deleted review leaves its place to a new one, and the summary as it was', async () => {
  await world.sql.query(
    `INSERT INTO reviews (id, event_id, author_id, host_id, rating, deleted_at) VALUES ('${id(10)}', '${event}', '${bob}', '${ann}', 1, now() - interval '31 days');
     INSERT INTO reviews (id, event_id, author_id, host_id, rating) VALUES ('${id(11)}', '${event}', '${bob}', '${ann}', 5)`,
  );
  await retain();
  expect(await ids('reviews')).toEqual([id(11)]);
  expect(await world.rows('SELECT review_count, average FROM rating_summaries')).toEqual([
    { review_count: 1, average: 5 },
  ]);
});

test('a row in use is left to the next turn', async () => {
  await world.sql.query(EXAMPLES.error_logs?.(id(60), `now() - interval '${91 * DAY_MS} milliseconds'`) ?? '');
  await world.sql.query('BEGIN');
  await world.sql.query('SELECT 1 FROM error_logs FOR UPDATE');
  await retain();
  expect(await ids('error_logs')).toHaveLength(1);
  await world.sql.query('COMMIT');
  await retain();
  expect(await ids('error_logs')).toEqual([]);
});

test('what was put aside is kept until somebody decides', async () => {
  await world.sql.query(
    `INSERT INTO dead_letters (id, source, reference, payload, error, created_at) VALUES ('${id(61)}', 'room', 'r', '{}', '', now() - interval '10 years')`,
  );
  await retain();
  expect(await ids('dead_letters')).toEqual([id(61)]);
});
