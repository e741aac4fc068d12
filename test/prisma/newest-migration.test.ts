import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../src/platform/db/migrate.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { readTables } from './catalogue.ts';
import * as the from './small-world.ts';
import { journal, SMALL_WORLD } from './small-world.ts';

const migrationsDir = projectPath('prisma/migrations');
const url = new URL(inject('templateDatabaseUrl'));
url.pathname = '/one_behind';
const names = readdirSync(migrationsDir, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let sql: pg.Client;
let before: Map<string, unknown[]>;
let applied: string[];

/** Every row of every table there was, as JSON without the columns that came since, or follow from others. */
const readRows = async (columns: Map<string, string[]>): Promise<Map<string, unknown[]>> => {
  const rows = new Map<string, unknown[]>();
  for (const [table, names] of columns) {
    const named = names.map((name) => `"${name}"`).join(', ');
    const { rows: found } = await sql.query(
      `SELECT to_jsonb(kept) AS row FROM (SELECT ${named} FROM "${table}") AS kept ORDER BY 1`,
    );
    rows.set(
      table,
      found.map(({ row }) => row),
    );
  }
  return rows;
};

let columns: Map<string, string[]>;

/** A payout that has left, with the one journal it is made of. */
const PAYOUT = `BEGIN;
  INSERT INTO payout_accounts (id, user_id, kind, country, holder_name, details, details_hash)
    VALUES ('${the.id(901)}', '${the.host}', 'BKASH', 'BD', 'x', 'x', 'x');
  INSERT INTO payouts (id, host_id, account_id, status, amount)
    VALUES ('${the.id(902)}', '${the.host}', '${the.id(901)}', 'IN_TRANSIT', 1000);
  INSERT INTO payout_items (id, payout_id, journal_id, amount)
    VALUES ('${the.id(903)}', '${the.id(902)}', '${the.id(900)}', 1000);
  COMMIT`;

/** A database one version behind, in use, and then the version at hand. */
beforeAll(async () => {
  const folder = join(scratchFolder(), 'migrations');
  mkdirSync(folder);
  for (const name of names.slice(0, -1)) cpSync(join(migrationsDir, name), join(folder, name), { recursive: true });
  await migrate({ databaseUrl: url.href, migrationsDir: folder });
  sql = new pg.Client({ connectionString: url.href });
  await sql.connect();
  await sql.query(SMALL_WORLD);
  await sql.query(
    `BEGIN; ${journal(900, [
      [the.clearing, -1000],
      [the.earnings, 1000],
    ])} COMMIT`,
  );
  await sql.query(PAYOUT);
  columns = new Map();
  for (const table of await readTables(sql)) {
    const { rows } = await sql.query(
      `SELECT column_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position`,
      [table],
    );
    columns.set(
      table,
      rows.map(({ name }) => name),
    );
  }
  before = await readRows(columns);
  applied = await migrate({ databaseUrl: url.href, migrationsDir });
});

afterAll(() => sql.end());

test('the newest migration applies to a database that is in use, and keeps every row of it', async () => {
  expect(applied).toEqual(names.slice(-1));
  expect([...before.values()].filter((rows) => rows.length > 0).length).toBeGreaterThan(15);
  const after = await readRows(new Map([...columns].filter(([table]) => table !== 'currencies')));
  for (const [table, rows] of after) expect({ table, rows }).toEqual({ table, rows: before.get(table) });
});

test('it leaves no rule unchecked and no index unfinished', async () => {
  const { rows: constraints } = await sql.query(`SELECT conname FROM pg_constraint WHERE NOT convalidated`);
  expect(constraints).toEqual([]);
  const { rows: indexes } = await sql.query('SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid');
  expect(indexes).toEqual([]);
});
