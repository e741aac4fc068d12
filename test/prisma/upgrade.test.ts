import { cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { migrate } from '../../src/platform/db/migrate.ts';
import { projectPath } from '../../src/platform/embedded/project-paths.ts';
import { scratchFolder } from '../support/scratch-folder.ts';
import { id } from './small-world.ts';

const migrationsDir = projectPath('prisma/migrations');
/** The last migration before the platform's tables came. */
const LAST_BEFORE = '20261122999999';

const [ann, bob, chat, session] = [id(1), id(2), id(3), id(4)];
/** A random id, of no month that there is. */
const RANDOM_ID = 'f47ac10b-58cc-4372-a567-0e02b2c3d479';

const ROWS = `
  INSERT INTO users (id, email, username, password) VALUES
    ('${ann}', 'ann@example.org', 'ann', 'x'), ('${bob}', 'bob@example.org', 'bob', 'x');
  INSERT INTO profiles (user_id, first_name, last_name) VALUES ('${ann}', 'Änn', 'Lee'), ('${bob}', 'Bob', 'Ray');
  INSERT INTO chats (id, kind, direct_key, created_by) VALUES ('${chat}', 'DIRECT', '${ann}:${bob}', '${ann}');
  INSERT INTO chat_participants (chat_id, user_id, last_read_seq, last_read_ordinal) VALUES
    ('${chat}', '${ann}', 9, 3), ('${chat}', '${bob}', 0, 0);
  INSERT INTO chat_message_sequences (chat_id, epoch, last_seq, last_ordinal) VALUES ('${chat}', 'e', 2001, 2000);
  INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq)
    SELECT '${chat}', n, gen_random_uuid(), '${ann}', gen_random_uuid(), n, 'We meet at the café, number ' || n, now(), n
    FROM generate_series(1, 2000) AS n;
  INSERT INTO message_reactions (chat_id, seq, emoji, user_id, created_at) VALUES ('${chat}', 7, '🔥', '${bob}', now());
  INSERT INTO message_revisions (chat_id, seq, replaced_by, body, editor_id, created_at)
    VALUES ('${chat}', 7, 2001, 'before', '${ann}', now());
  INSERT INTO sessions (id, user_id, address, agent, expires_at)
    VALUES ('${session}', '${ann}', '', '', now() + interval '30 days');
  INSERT INTO refresh_tokens (id, session_id, user_id, token_hash, expires_at)
    VALUES ('${id(5)}', '${session}', '${ann}', 'h', now() + interval '30 days');
  INSERT INTO login_history (id, user_id, outcome, address, agent)
    SELECT ('01900000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, '${ann}', 'SUCCEEDED', '10.0.0.1', ''
    FROM generate_series(1, 500) AS n;
  INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id) VALUES
    ('${id(6)}', 'chat.open', 'chat', '${chat}', '', '', 'r1'), ('${RANDOM_ID}', 'chat.open', 'chat', '${chat}', '', '', 'r2');
`;

const FILLED = [
  ...['users', 'profiles', 'chats', 'chat_participants', 'chat_message_sequences', 'messages', 'message_reactions'],
  ...['message_revisions', 'sessions', 'refresh_tokens', 'login_history', 'audit_logs'],
];

let sql: pg.Client;
let before: Record<string, unknown[]>;

/** Every row of the tables filled above, with the columns there were then. */
const readRows = async (columns: Map<string, string>): Promise<Record<string, unknown[]>> => {
  const rows: Record<string, unknown[]> = {};
  for (const table of FILLED) {
    const named = columns.get(table);
    rows[table] = (await sql.query(`SELECT ${named} FROM ${table} ORDER BY ${named}`)).rows;
  }
  return rows;
};

const columnsNow = async (): Promise<Map<string, string>> => {
  const { rows } = await sql.query<{ name: string; columns: string }>(
    `SELECT table_name AS name, string_agg(column_name || CASE data_type WHEN 'jsonb' THEN '::text' ELSE '' END, ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns WHERE table_schema = 'public' GROUP BY 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
};

let columnsBefore: Map<string, string>;

beforeAll(async () => {
  const url = new URL(inject('templateDatabaseUrl'));
  url.pathname = '/upgraded';
  const folder = join(scratchFolder(), 'migrations');
  mkdirSync(folder);
  for (const name of readdirSync(migrationsDir).filter((name) => name < LAST_BEFORE)) {
    cpSync(join(migrationsDir, name), join(folder, name), { recursive: true });
  }
  await migrate({ databaseUrl: url.href, migrationsDir: folder });
  sql = new pg.Client({ connectionString: url.href });
  await sql.connect();
  await sql.query(ROWS);
  columnsBefore = await columnsNow();
  before = await readRows(columnsBefore);
  await migrate({ databaseUrl: url.href, migrationsDir });
});

afterAll(() => sql.end());

test('every row that was there is there, unchanged', async () => {
  expect(before.messages).toHaveLength(2000);
  expect(await readRows(columnsBefore)).toEqual(before);
});

test('the logs are cut by month: old rows in the first part, rows of no month in the rest, new ones in their month', async () => {
  const partOf = async (table: string, row: string): Promise<string> =>
    (await sql.query(`SELECT tableoid::regclass::text AS part FROM ${table} WHERE id = $1`, [row])).rows[0].part;
  expect(await partOf('login_history', id(1))).toBe('login_history_earlier');
  expect(await partOf('audit_logs', RANDOM_ID)).toBe('audit_logs_default');
  const { rows } = await sql.query(
    `INSERT INTO login_history (id, outcome, address, agent)
     SELECT uuid_v7_floor(now() + interval '1 month'), 'UNKNOWN_ACCOUNT', '', ''
     RETURNING tableoid::regclass::text AS part, 'login_history_y' || to_char(now() AT TIME ZONE 'UTC' + interval '1 month', 'YYYY"m"MM') AS expected`,
  );
  expect(rows[0].part).toBe(rows[0].expected);
});

test('every rule holds for the old rows too', async () => {
  const { rows } = await sql.query(`SELECT conname FROM pg_constraint WHERE NOT convalidated`);
  expect(rows).toEqual([]);
  const invalid = await sql.query(`SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid`);
  expect(invalid.rows).toEqual([]);
});

test('old messages and people are found by their words', async () => {
  const messages = await sql.query(
    `SELECT seq FROM messages WHERE chat_id = $1
     AND search_document(body) @@ search_query('cafe 1234')`,
    [chat],
  );
  expect(messages.rows).toEqual([{ seq: '1234' }]);
  const people = await sql.query(
    `SELECT user_id FROM profiles WHERE immutable_unaccent(lower(first_name || ' ' || last_name)) LIKE '%ann l%'`,
  );
  expect(people.rows).toEqual([{ user_id: ann }]);
});

test('a second run finds nothing to do', async () => {
  const url = new URL(inject('templateDatabaseUrl'));
  url.pathname = '/upgraded';
  expect(await migrate({ databaseUrl: url.href, migrationsDir })).toEqual([]);
});
