import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/databases.ts';
import { makeWorkspace, type Workspace } from './example-workspace.ts';

let workspace: Workspace;

beforeAll(() => {
  workspace = makeWorkspace();
});

test('all seven examples compile', async () => {
  expect(await workspace.compile()).toBe('');
});

test('the seed fills a database', async () => {
  const databaseUrl = await freshDatabase();
  expect(await workspace.run('nested-seed-data.ts', databaseUrl)).toContain('Database seeded successfully!');
  const sql = new pg.Client({ connectionString: databaseUrl });
  await sql.connect();
  const { rows } = await sql.query(
    `SELECT role, first_name, profile_completion_percentage AS completion, (SELECT count(*)::int FROM event_categories)
     FROM users JOIN profiles ON user_id = users.id`,
  );
  await sql.end();
  expect(rows).toEqual([{ role: 'SUPER_ADMIN', first_name: 'Super', completion: 100, count: 2 }]);
});

test('the unit test passes', async () => {
  const report = await workspace.runUnitTest(await freshDatabase());
  expect(report).toContain('"numPassedTests":1');
  expect(report).toContain('"success":true');
});

test('creating, searching, booking, adding up and looking up give what they say', async () => {
  const output = await workspace.run('statements.ts', await freshDatabase());
  const [created, found, result, stats, apiKey, booked] = JSON.parse(output);
  expect(created).toMatchObject({
    price: 500,
    currency: 'BDT',
    host: { username: 'host' },
    category: { slug: 'tech' },
  });
  expect(found).toMatchObject([{ slug: 'rust-evening', _count: { bookings: 0, savedBy: 0 } }]);
  expect(result.booking).toMatchObject({ status: 'CONFIRMED', totalAmount: 500, currency: 'BDT' });
  expect(result.payment).toMatchObject({ status: 'COMPLETED', amount: 500, capturedAmount: 500 });
  expect(stats).toMatchObject([{ type: 'OTHER', city: 'Dhaka', _count: { id: 1 }, _avg: { price: 300 } }]);
  expect(apiKey).toMatchObject({ prefix: 'ra_', currentUsage: 0 });
  expect(booked.currentParticipants).toBe(1);
});
