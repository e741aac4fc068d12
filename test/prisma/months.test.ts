import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshDatabase } from '../support/databases.ts';

let sql: pg.Client;

beforeAll(async () => {
  sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
});

afterAll(() => sql.end());

const partsOf = async (table: string): Promise<string[]> => {
  const { rows } = await sql.query(
    `SELECT inhrelid::regclass::text AS part FROM pg_inherits WHERE inhparent = $1::regclass`,
    [table],
  );
  return rows.map(({ part }) => part);
};

const ensure = async (table: string, months: number): Promise<number> =>
  (await sql.query('SELECT ensure_month_partitions($1, $2) AS made', [table, months])).rows[0].made;

const auditAt = (moment: string): string =>
  `INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id)
   VALUES (uuid_v7_floor(${moment}), 'a', 't', 'i', '', '', '') RETURNING tableoid::regclass::text AS part`;

test.each(['activity_logs', 'audit_logs', 'login_history', 'event_check_ins'])('%s is cut by month', async (table) => {
  const parts = await partsOf(table);
  expect(parts).toContain(`${table}_earlier`);
  expect(parts).toContain(`${table}_default`);
  expect(parts.filter((part) => /_y\d{4}m\d\d$/.test(part))).toHaveLength(3);
});

test('making months ahead makes those that lack, once', async () => {
  expect(await ensure('activity_logs', 3)).toBe(0);
  expect(await ensure('activity_logs', 14)).toBe(11);
  expect(await ensure('activity_logs', 14)).toBe(0);
  const months = (await partsOf('activity_logs')).filter((part) => /_y\d{4}m\d\d$/.test(part));
  expect(months).toHaveLength(14);
});

test('callers at once do not make a month twice', async () => {
  const others = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const other = new pg.Client({
        host: sql.host,
        port: sql.port,
        user: sql.user ?? '',
        password: String(sql.password ?? ''),
        database: sql.database ?? '',
      });
      await other.connect();
      return other;
    }),
  );
  const made = await Promise.all(
    others.map(
      async (other) => (await other.query(`SELECT ensure_month_partitions('login_history', 6) AS made`)).rows[0].made,
    ),
  );
  await Promise.all(others.map((other) => other.end()));
  expect(made.sort()).toEqual([0, 0, 0, 3]);
});

test('rows that came before their month was made move into it', async () => {
  const before = await sql.query(auditAt(`now() + interval '5 months'`));
  expect(before.rows[0].part).toBe('audit_logs_default');
  expect(await ensure('audit_logs', 5)).toBe(2);
  const { rows } = await sql.query('SELECT tableoid::regclass::text AS part FROM audit_logs');
  expect(rows).toEqual([{ part: expect.stringMatching(/^audit_logs_y\d{4}m\d\d$/) }]);
});

test('a month made later is guarded as the others are', async () => {
  await expect(sql.query(`UPDATE audit_logs SET action = 'b'`)).rejects.toMatchObject({
    constraint: 'audit_logs_append_only',
  });
  await ensure('audit_logs', 7);
  await sql.query(auditAt(`now() + interval '7 months'`));
  await expect(sql.query('DELETE FROM audit_logs')).rejects.toMatchObject({ constraint: 'audit_logs_append_only' });
});

test('a span of time is read from the parts of its months only', async () => {
  const { rows } = await sql.query(
    `EXPLAIN SELECT * FROM audit_logs WHERE id >= uuid_v7_floor(date_trunc('month', now(), 'UTC') + interval '2 months 5 days')
       AND id < uuid_v7_floor(date_trunc('month', now(), 'UTC') + interval '2 months 20 days')`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toMatch(/ on audit_logs_y/);
  expect(plan).not.toMatch(/ on audit_logs_earlier/);
});

test('a table without months is refused', async () => {
  await expect(ensure('users', 1)).rejects.toThrow('not partitioned by month');
});
