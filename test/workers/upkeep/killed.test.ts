import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeChat, makeUsers } from '../../domains/social/support/rows.ts';
import { SHORT_LIVED } from '../../support/short-lived.ts';
import { until } from '../../support/until.ts';
import { openUpkeepWorld, type UpkeepWorld } from './upkeep-world.ts';

let world: UpkeepWorld;
const children: ChildProcess[] = [];
beforeEach(async () => {
  world = await openUpkeepWorld();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await world.close();
});

const start = (job: string): ChildProcess => {
  const child = fork(new URL('run-job.mjs', import.meta.url), {
    execArgv: SHORT_LIVED,
    env: { ...process.env, DATABASE_URL: world.url, JOB: job },
  });
  children.push(child);
  return child;
};

const finish = async (job: string): Promise<void> => {
  expect(await once(start(job), 'exit')).toEqual([0, null]);
};

/** Kills the job's process when `began` first says that something, but not everything, was done. */
const killHalfway = async (job: string, began: () => Promise<boolean>): Promise<void> => {
  const child = start(job);
  const exited = once(child, 'exit');
  await until(began, { what: 'the beginning of the job', withinMs: 40_000 });
  child.kill('SIGKILL');
  expect(await exited).toEqual([null, 'SIGKILL']);
};

/** Keeps one row locked while `run` runs, so that a job, however fast, cannot get to its end. */
const withoutEnd = async (row: string, run: () => Promise<void>): Promise<void> => {
  const holder = new pg.Client({ connectionString: world.url });
  await holder.connect();
  try {
    await holder.query(`BEGIN; ${row} FOR UPDATE`);
    await run();
  } finally {
    await holder.end();
  }
};

const one = async (query: string): Promise<Record<string, unknown>> => (await world.rows(query))[0] ?? {};

test('messages: a mover killed half-way loses none and doubles none, and the next one goes on', {
  timeout: 120_000,
}, async () => {
  const users = await makeUsers(world.database, 2);
  const chatId = await makeChat(world.database, users);
  const COUNT = 20_000;
  await world.sql.query(
    `INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq)
     SELECT '${chatId}', n, gen_random_uuid(), '${users[0]}', gen_random_uuid(), n, 'no. ' || n, now() - interval '1 year' + n * interval '1 second', n
     FROM generate_series(1, ${COUNT}) AS n`,
  );
  await world.sql.query(
    `INSERT INTO message_reactions (chat_id, seq, emoji, user_id, created_at) SELECT '${chatId}', n, '🔥', '${users[1]}', now() FROM generate_series(1, ${COUNT}, 7) AS n;
     UPDATE messages SET reactions = '{"🔥": 1}' WHERE seq % 7 = 1;
     INSERT INTO chat_message_sequences (chat_id, epoch, last_seq, last_ordinal) VALUES ('${chatId}', 'e', ${COUNT}, ${COUNT})`,
  );
  const everything = `SELECT count(*)::int AS count, count(DISTINCT seq)::int AS places, sum(hashtext(body))::text AS bodies,
      (SELECT count(*)::int FROM message_reactions) + (SELECT count(*)::int FROM archive.message_reactions) AS reactions
    FROM (SELECT seq, body FROM messages UNION ALL SELECT seq, body FROM archive.messages) AS united`;
  const before = await one(everything);
  const archived = async (): Promise<number> => Number((await one('SELECT count(*) AS n FROM archive.messages')).n);

  for (let kill = 0; kill < 3; kill += 1) {
    const known = await archived();
    await killHalfway('chat.archiveMessages', async () => (await archived()) > known);
    expect(await one(everything)).toEqual(before);
  }
  expect(await archived()).toBeLessThan(COUNT - 100);
  await finish('chat.archiveMessages');
  expect(await one(everything)).toEqual(before);
  expect(await archived()).toBe(COUNT - 100);
  expect(await one(`SELECT archived_seq FROM chat_message_sequences`)).toEqual({ archived_seq: String(COUNT - 100) });
  expect(await one(`SELECT count(*)::int AS passes, min(status::text) AS status FROM background_jobs`)).toEqual({
    passes: 1,
    status: 'SUCCEEDED',
  });
});

test('notifications: each is in one of the two places, with its deliveries', { timeout: 120_000 }, async () => {
  const [userId] = await makeUsers(world.database, 1);
  const COUNT = 20_000;
  await world.sql.query(
    `INSERT INTO notifications (id, user_id, type, title, message, created_at)
     SELECT gen_random_uuid(), '${userId}', 'SYSTEM', 'no. ' || n, '', now() - interval '100 days' FROM generate_series(1, ${COUNT}) AS n;
     INSERT INTO notification_deliveries (id, notification_id, channel) SELECT gen_random_uuid(), id, 'IN_APP' FROM notifications`,
  );
  const counts = `SELECT (SELECT count(*) FROM notifications) + (SELECT count(*) FROM archive.notifications) AS notifications,
    (SELECT count(*) FROM notification_deliveries) + (SELECT count(*) FROM archive.notification_deliveries) AS deliveries,
    (SELECT count(DISTINCT title) FROM (SELECT title FROM notifications UNION ALL SELECT title FROM archive.notifications) AS united) AS titles`;
  const archived = async (): Promise<number> =>
    Number((await one('SELECT count(*) AS n FROM archive.notifications')).n);
  const all = { notifications: String(COUNT), deliveries: String(COUNT), titles: String(COUNT) };
  await killHalfway('notification.archiveOld', async () => (await archived()) > 0);
  expect(await one(counts)).toEqual(all);
  expect(await archived()).toBeLessThan(COUNT);
  await finish('notification.archiveOld');
  expect(await one(counts)).toEqual(all);
  expect(await archived()).toBe(COUNT);
});

test('counts: a recount killed half-way leaves nothing half repaired, and the next one repairs the rest', {
  timeout: 120_000,
}, async () => {
  const [userId] = await makeUsers(world.database, 1);
  const COUNT = 4_000;
  await world.sql.query(
    `INSERT INTO posts (id, author_id, body) SELECT gen_random_uuid(), '${userId}', 'no. ' || n FROM generate_series(1, ${COUNT}) AS n;
     INSERT INTO post_likes (post_id, user_id) SELECT id, '${userId}' FROM posts;
     INSERT INTO comments (id, post_id, author_id, body) SELECT gen_random_uuid(), id, '${userId}', 'Hi' FROM posts;
     UPDATE posts SET like_count = 3, comment_count = 5`,
  );
  const right = async (): Promise<number> =>
    Number((await one('SELECT count(*) AS n FROM posts WHERE like_count = 1 AND comment_count = 1')).n);
  const untouched = async (): Promise<number> =>
    Number((await one('SELECT count(*) AS n FROM posts WHERE like_count = 3 AND comment_count = 5')).n);
  await withoutEnd('SELECT 1 FROM posts ORDER BY id DESC LIMIT 1', () =>
    killHalfway('upkeep.recount', async () => (await right()) > 100),
  );
  const repaired = await right();
  expect(repaired).toBeLessThan(COUNT);
  expect(await untouched()).toBe(COUNT - repaired);
  await finish('upkeep.recount');
  expect(await right()).toBe(COUNT);
});

test('deleting: what was kept long enough goes, once, whoever is killed', { timeout: 120_000 }, async () => {
  const COUNT = 24_000;
  await world.sql.query(
    `INSERT INTO error_logs (id, fingerprint, source, name, message, first_seen_at, last_seen_at)
     SELECT gen_random_uuid(), n::text, 'HTTP', 'n', 'm', seen, seen FROM generate_series(1, ${COUNT}) AS n,
       LATERAL (SELECT now() - CASE WHEN n % 2 = 0 THEN interval '91 days' ELSE interval '89 days' END AS seen) AS at`,
  );
  const left = async (): Promise<number> => Number((await one('SELECT count(*) AS n FROM error_logs')).n);
  await withoutEnd("SELECT 1 FROM error_logs WHERE fingerprint = '2'", () =>
    killHalfway('upkeep.retain', async () => (await left()) < COUNT),
  );
  expect(await left()).toBeGreaterThan(COUNT / 2);
  await finish('upkeep.retain');
  expect(await left()).toBe(COUNT / 2);
});
