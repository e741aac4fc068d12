import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { EMPTIED, FOLLOWING, KEPT } from '../../../../src/domains/identity/test-account/references.rules.ts';
import { openWorld, type Pair, registration, type World } from '../world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world?.close());

const count = async (table: string, column: string, ids: string[]): Promise<number> => {
  const rows = await world.database.$queryRawUnsafe<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = ANY($1::uuid[])`,
    ids,
  );
  return rows[0]?.count ?? 0;
};

const DROP_CHECKS = `
  DO $$ DECLARE rule record; BEGIN
    FOR rule IN SELECT conrelid::regclass AS place, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 AND coninhcount = 0
    LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', rule.place, rule.conname); END LOOP;
  END $$`;

test('every column that names an account is known to go, or to stay for a reason', async () => {
  const rows = await world.database.$queryRaw<{ place: string }[]>`
    SELECT CASE WHEN nspname = 'public' THEN '' ELSE nspname || '.' END || relname || '.' || attname AS place
    FROM pg_constraint
    JOIN pg_class AS relation ON relation.oid = conrelid JOIN pg_namespace AS space ON space.oid = relnamespace
    JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
    WHERE contype = 'f' AND confrelid = 'users'::regclass AND conparentid = 0 AND NOT relation.relispartition`;
  const known = [...EMPTIED, ...KEPT.flatMap(({ references }) => references), ...FOLLOWING];
  expect(known.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(rows.map(({ place }) => place).sort());
});

test('one row in every table that goes, and nothing of it is left', async () => {
  const { user: keeper } = await world.register('keeper');
  await world.database.user.update({ where: { id: keeper.id }, data: { role: 'ADMIN' } });
  const { email, password } = registration('keeper');
  const { accessToken: as } = await world.ask('session.login', { email, password });
  const { items } = await world.ask<{ items: Pair[] }>('testAccount.create', { count: 2 }, { as });
  const ids = items.map(({ user }) => user.id);
  const client = new pg.Client({ connectionString: world.databaseUrl });
  await client.connect();
  // Only the columns that must be given, and no rules beyond: what is looked at is that the rows go.
  await client.query(DROP_CHECKS);
  await client.query("SET session_replication_role = 'replica'");
  for (const { table, column } of EMPTIED) await client.query(await insertFor(client, table, column), [ids[0]]);
  await client.end();
  for (const { table, column } of EMPTIED) expect([table, await count(table, column, ids)]).not.toEqual([table, 0]);
  await world.ask('testAccount.remove', {}, { as });
  expect(await world.ask('testAccount.remove', {}, { as })).toEqual({ removed: 2, kept: 0, left: 0 });
  for (const { table, column } of EMPTIED) expect([table, await count(table, column, ids)]).toEqual([table, 0]);
  expect(await world.database.user.count({ where: { id: { in: ids } } })).toBe(0);
});

/** A statement that puts a row into a table with `$1` in one column and anything in the others that must be given. */
const insertFor = async (client: pg.Client, table: string, column: string): Promise<string> => {
  const { rows } = await client.query<{ name: string; type: string; label: string | null }>(
    `SELECT attname AS name, format_type(atttypid, NULL) AS type,
       (SELECT enumlabel FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1) AS label
     FROM pg_attribute
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull AND NOT atthasdef AND attname <> $2`,
    [table, column],
  );
  const values = rows.map(({ type, label }) => (label === null ? VALUES[type] : `'${label}'`) ?? `NULL /* ${type} */`);
  const names = [column, ...rows.map(({ name }) => name)].map((name) => `"${name}"`);
  return `INSERT INTO ${table} (${names}) VALUES (${['$1::uuid', ...values]})`;
};

const VALUES: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: 'gen_random_uuid()::text',
  'timestamp with time zone': 'now()',
  date: 'now()',
  integer: '1',
  smallint: '1',
  bigint: '1',
  'double precision': '1',
  boolean: 'true',
  jsonb: "'{}'",
  bytea: "'x'",
};
