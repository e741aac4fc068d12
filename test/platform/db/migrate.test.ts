import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../src/platform/db/migrate.ts';
import { freshDatabase } from '../../support/databases.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

let migrationsDir: string;
let databaseUrl: string;

beforeEach(async () => {
  migrationsDir = scratchFolder();
  const url = new URL(await freshDatabase());
  url.pathname += '_new';
  databaseUrl = url.href;
});

const write = (name: string, sql: string): void => {
  mkdirSync(join(migrationsDir, name), { recursive: true });
  writeFileSync(join(migrationsDir, name, 'migration.sql'), sql);
};

const query = async (sql: string): Promise<unknown[]> => {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

const run = (): Promise<string[]> => migrate({ databaseUrl, migrationsDir });

test('creates the database, applies what is missing in order, and nothing twice', async () => {
  write('2_second', 'ALTER TABLE a ADD COLUMN more text;');
  write('1_first', 'CREATE TABLE a (id int); INSERT INTO a VALUES (1);');
  writeFileSync(join(migrationsDir, 'migration_lock.toml'), 'provider = "postgresql"');
  expect(await run()).toEqual(['1_first', '2_second']);
  expect(await run()).toEqual([]);

  write('3_third', 'INSERT INTO a VALUES (3, NULL);');
  expect(await run()).toEqual(['3_third']);
  expect(await query('SELECT id FROM a ORDER BY id')).toEqual([{ id: 1 }, { id: 3 }]);
});

test('is done once by three who start at the same time', async () => {
  write('1_first', 'CREATE TABLE a (id int); SELECT pg_sleep(0.2);');
  write('2_second', 'INSERT INTO a VALUES (1);');
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.flat().sort()).toEqual(['1_first', '2_second']);
  expect(await query('SELECT id FROM a')).toEqual([{ id: 1 }]);
});

test('leaves nothing of a migration that fails, keeps those before it, and may be tried again', async () => {
  write('1_first', 'CREATE TABLE a (id int);');
  write('2_second', 'CREATE TABLE b (id int); SELECT 1 / 0;');
  await expect(run()).rejects.toThrow('Migration 2_second failed: division by zero');
  expect(await query("SELECT to_regclass('a') IS NOT NULL AS a, to_regclass('b') IS NOT NULL AS b")).toEqual([
    { a: true, b: false },
  ]);

  write('2_second', 'CREATE TABLE b (id int);');
  expect(await run()).toEqual(['2_second']);
});

test('refuses to go on where an applied migration was edited', async () => {
  write('1_first', 'CREATE TABLE a (id int);');
  await run();
  write('1_first', 'CREATE TABLE a (id bigint);');
  await expect(run()).rejects.toThrow('Migration 1_first was edited after it had been applied');
});

test('refuses to go on where another tool left a migration unfinished', async () => {
  write('1_first', 'CREATE TABLE a (id int);');
  await run();
  write('2_second', 'CREATE TABLE b (id int);');
  await query(`INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '2_second')`);
  await expect(run()).rejects.toThrow('Migration 2_second was left unfinished');
});
