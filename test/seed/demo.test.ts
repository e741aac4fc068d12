import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_EVENTS } from '../../src/seed/demo/events.ts';
import { seedDemoEvents } from '../../src/seed/demo/world.ts';
import { seedDemoWorld } from '../../src/seed/demo-world.ts';
import { loadReference } from '../../src/seed/reference/load.ts';
import { upkeep } from '../../src/workers/upkeep/jobs.ts';
import { recountJob } from '../../src/workers/upkeep/recount.job.ts';
import { readTables } from '../prisma/catalogue.ts';
import { DAY_MS, openUpkeepWorld, type UpkeepWorld } from '../workers/upkeep/upkeep-world.ts';

let world: UpkeepWorld;
const now = new Date();

const seed = async (at = now): Promise<boolean> => {
  await loadReference(world.database);
  await seedDemoWorld(world.database, at);
  return seedDemoEvents(world.database, at);
};

beforeAll(async () => {
  world = await openUpkeepWorld();
  expect(await seed()).toBe(true);
});
afterAll(() => world.close());

/** How many rows each table holds, and a sum over all that they say. */
const everything = async (): Promise<unknown[]> => {
  const sums: unknown[] = [];
  for (const table of await readTables(world.sql)) {
    const [sum] = await world.rows<object>(
      `SELECT count(*)::int AS count, sum(hashtext(row::text)::bigint)::text AS sum FROM ${table} AS row`,
    );
    sums.push({ table, ...sum });
  }
  return sums;
};

test('a second time changes nothing, also days later', async () => {
  const before = await everything();
  expect(await seed()).toBe(false);
  expect(await seed(new Date(now.getTime() + 3 * DAY_MS))).toBe(false);
  expect(await everything()).toEqual(before);
});

test('stands back where its categories are not the ones it knows', async () => {
  const own = await openUpkeepWorld();
  await own.sql.query(
    `INSERT INTO event_categories (id, name, slug) VALUES (gen_random_uuid(), 'By hand', 'programming')`,
  );
  await loadReference(own.database);
  await seedDemoWorld(own.database, now);
  expect(await seedDemoEvents(own.database, now)).toBe(false);
  expect(await own.rows('SELECT 1 FROM events')).toEqual([]);
  await own.close();
});

test('shows events that were, are, will be, and one that will not', async () => {
  const rows = await world.rows<{ status: string; when: string }>(
    `SELECT DISTINCT status, CASE WHEN end_date < now() THEN 'past' WHEN start_date < now() THEN 'now' ELSE 'coming' END AS when FROM events ORDER BY 1`,
  );
  expect(rows).toEqual([
    { status: 'PUBLISHED', when: 'coming' },
    { status: 'ONGOING', when: 'now' },
    { status: 'COMPLETED', when: 'past' },
    { status: 'CANCELLED', when: 'coming' },
  ]);
  expect(DEMO_EVENTS.length).toBeGreaterThanOrEqual(10);
});

test('nothing that is kept differs from its source', async () => {
  await recountJob(world, upkeep.recounts).run({});
  const rows = await world.rows(
    `SELECT status, progress_done > 100 AS looked, result FROM background_jobs WHERE name = 'upkeep.recount'`,
  );
  expect(rows).toEqual([{ status: 'SUCCEEDED', looked: true, result: { found: 0, findings: [] } }]);
});

test('every check of the database holds for every row', async () => {
  const checks = await world.rows<{ table: string; name: string; rule: string }>(
    `SELECT conrelid::regclass::text AS table, conname AS name, pg_get_expr(conbin, conrelid) AS rule FROM pg_constraint
     WHERE contype = 'c' AND connamespace = 'public'::regnamespace AND conparentid = 0`,
  );
  expect(checks.length).toBeGreaterThan(100);
  const broken: string[] = [];
  for (const { table, name, rule } of checks) {
    const [row] = await world.rows<{ count: number }>(
      `SELECT count(*)::int AS count FROM ${table} WHERE NOT (${rule})`,
    );
    if (row?.count !== 0) broken.push(name);
  }
  expect(broken).toEqual([]);
});

test('reviews are by people who were let in, at events that are over', async () => {
  const rows = await world.rows(
    `SELECT 1 FROM reviews LEFT JOIN check_in_outcomes AS scan ON scan.check_in_id = reviews.check_in_id AND scan.outcome = 'ADMITTED'
       JOIN events ON events.id = reviews.event_id
     WHERE scan.check_in_id IS NULL OR reviews.created_at < events.end_date`,
  );
  expect(rows).toEqual([]);
  expect(await world.rows('SELECT 1 FROM rating_summaries')).not.toEqual([]);
});

test('no ticket was sold beyond a capacity, none for money, and who waits waits for a full event', async () => {
  expect(
    await world.rows('SELECT 1 FROM ticket_types WHERE held + sold > capacity OR (price > 0 AND sold > 0)'),
  ).toEqual([]);
  expect(await world.rows('SELECT 1 FROM payments UNION ALL SELECT 1 FROM transactions')).toEqual([]);
  const waiting = await world.rows(
    `SELECT waitlists.id, t.sold = t.capacity AS is_full FROM waitlists JOIN ticket_types AS t ON t.id = waitlists.ticket_type_id`,
  );
  expect(waiting.map(({ is_full }) => is_full)).toEqual([true, true]);
});

test('the four with a login have something to find: tickets, chats, friends and news', async () => {
  const rows = await world.rows(
    `SELECT username, (SELECT count(*)::int FROM event_participants WHERE user_id = users.id) AS tickets,
       (SELECT count(*)::int FROM chat_participants WHERE user_id = users.id) AS chats,
       (SELECT count(*)::int FROM follows WHERE follower_id = users.id) AS follows
     FROM users WHERE username IN ('ada', 'grace', 'linus', 'margaret') ORDER BY username`,
  );
  for (const row of rows) for (const count of ['tickets', 'chats', 'follows']) expect(row[count]).toBeGreaterThan(0);
  const guests = await world.rows(`SELECT 1 FROM users WHERE password = '!'`);
  expect(guests).toHaveLength(10);
});
