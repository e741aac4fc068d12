import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadReference } from '../../src/seed/reference/load.ts';
import { REFERENCE_TABLES } from '../../src/seed/reference/tables.ts';
import { openUpkeepWorld, type UpkeepWorld } from '../workers/upkeep/upkeep-world.ts';

let world: UpkeepWorld;

beforeAll(async () => {
  world = await openUpkeepWorld();
});
afterAll(() => world.close());

const counts = async (): Promise<Record<string, number>> => {
  const entries: [string, number][] = [];
  for (const { name } of REFERENCE_TABLES) {
    const [row] = await world.rows<{ count: number }>(`SELECT count(*)::int AS count FROM ${name}`);
    entries.push([name, row?.count ?? 0]);
  }
  return Object.fromEntries(entries);
};

test('fills every table once, by several programs at once', async () => {
  const loaded = await Promise.all([loadReference(world.database), loadReference(world.database)]);
  const filled = await counts();
  for (const { name } of REFERENCE_TABLES) expect(filled[name]).toBeGreaterThan(2);
  expect(loaded.toSorted((a, b) => a - b)[0]).toBe(0);
  expect(await loadReference(world.database)).toBe(0);
  expect(await counts()).toEqual(filled);
});

test('the tree of categories has its paths', async () => {
  const [film] = await world.rows(`SELECT path, depth FROM event_categories WHERE slug = 'film'`);
  expect(film).toEqual({ path: 'arts/film', depth: 1 });
});

test('every currency has a rule for everybody', async () => {
  const rows = await world.rows(
    `SELECT code FROM currencies WHERE is_active AND NOT EXISTS (SELECT FROM commission_configs WHERE scope = 'GLOBAL' AND currency = code)`,
  );
  expect(rows).toEqual([]);
});

test('what operators changed stays changed, and what they deleted stays away', async () => {
  await world.sql.query(
    `UPDATE badges SET name = 'Renamed', points = 99 WHERE key = 'regular';
     UPDATE system_settings SET value = '"Our own"' WHERE key = 'platform.name';
     UPDATE commission_configs SET ends_at = now() WHERE currency = 'BDT';
     INSERT INTO commission_configs (id, rate_basis_points, currency) VALUES (gen_random_uuid(), 250, 'BDT');
     DELETE FROM faqs WHERE slug = 'waitlist';
     DELETE FROM feature_flags WHERE key = 'stories'`,
  );
  const before = await counts();
  await loadReference(world.database);
  expect(await counts()).toEqual(before);
  expect(await world.rows(`SELECT name, points FROM badges WHERE key = 'regular'`)).toEqual([
    { name: 'Renamed', points: 99 },
  ]);
  expect(await world.rows(`SELECT value FROM system_settings WHERE key = 'platform.name'`)).toEqual([
    { value: 'Our own' },
  ]);
});

test('a row that a newer version brings is added, beside what the operator already made by hand', async () => {
  const own = await openUpkeepWorld();
  await own.sql.query(
    `INSERT INTO badges (id, key, name, description, category, criteria) VALUES (gen_random_uuid(), 'regular', 'By hand', '', 'SOCIAL', '{}');
     INSERT INTO commission_configs (id, rate_basis_points, currency, starts_at) VALUES (gen_random_uuid(), 100, 'USD', '2019-01-01')`,
  );
  await loadReference(own.database);
  expect(await own.rows(`SELECT name FROM badges WHERE key = 'regular'`)).toEqual([{ name: 'By hand' }]);
  expect(await own.rows(`SELECT rate_basis_points AS rate FROM commission_configs WHERE currency = 'USD'`)).toEqual([
    { rate: 100 },
  ]);
  // As after an update that knows one question more.
  await own.sql.query(
    `DELETE FROM faqs WHERE slug = 'waitlist';
     UPDATE system_settings SET value = value - 'faqs:waitlist' WHERE key = 'seed.offered'`,
  );
  expect(await loadReference(own.database)).toBe(1);
  expect(await own.rows(`SELECT slug FROM faqs WHERE slug = 'waitlist'`)).toHaveLength(1);
  await own.close();
});
