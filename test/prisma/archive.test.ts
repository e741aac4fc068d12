import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/databases.ts';

let sql: pg.Client;

beforeAll(async () => {
  sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
});

afterAll(() => sql.end());

interface Column {
  name: string;
  type: string;
}

/** The columns of a table that are not made from others. */
const columnsOf = async (schema: string, table: string): Promise<Column[]> => {
  const { rows } = await sql.query(
    `SELECT attname AS name, format_type(atttypid, atttypmod) AS type FROM pg_attribute
     WHERE attrelid = ($1 || '.' || $2)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY 1`,
    [schema, table],
  );
  return rows;
};

const archives = async (): Promise<string[]> => {
  const { rows } = await sql.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'archive'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
};

test('there is an archive of messages, notifications, updates of events and the audit', async () => {
  expect(await archives()).toEqual([
    'audit_logs',
    'event_updates',
    'message_reactions',
    'message_revisions',
    'messages',
    'notification_deliveries',
    'notifications',
  ]);
});

test('an archive has every column of the live table, so that nothing is lost on the way', async () => {
  for (const table of await archives()) {
    expect(await columnsOf('archive', table)).toEqual(expect.arrayContaining(await columnsOf('public', table)));
  }
});

test('an archive has the key of the live table', async () => {
  const { rows } = await sql.query(
    `SELECT old.relname AS name FROM pg_class AS old JOIN pg_class AS live USING (relname)
     WHERE old.relnamespace = 'archive'::regnamespace AND live.relnamespace = 'public'::regnamespace AND old.relkind IN ('r', 'p')
       AND (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = old.oid AND contype = 'p')
         IS DISTINCT FROM (SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = live.oid AND contype = 'p')`,
  );
  expect(rows).toEqual([]);
});
