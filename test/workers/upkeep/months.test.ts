import { afterAll, beforeAll, expect, test } from 'vitest';
import { monthsJob } from '../../../src/workers/upkeep/months.job.ts';
import { MONTHLY, monthsAhead } from '../../../src/workers/upkeep/months.ts';
import { DAY_MS, openUpkeepWorld, type UpkeepWorld } from './upkeep-world.ts';

let world: UpkeepWorld;
beforeAll(async () => {
  world = await openUpkeepWorld();
});
afterAll(() => world.close());

const partsOf = async (parent: string): Promise<string[]> =>
  (await world.rows<{ part: string }>(`SELECT part::text FROM month_partitions('${parent}') ORDER BY 1`)).map(
    ({ part }) => part,
  );

const gauge = async (table: string): Promise<number | undefined> =>
  (await world.metrics.monthsAhead.get()).values.find(({ labels }) => labels.table === table)?.value;

/** A row of the audit, chained or not, in a month by its number from this one. */
const audit = (month: number, seq: number | null, note = 'a'): Promise<unknown> =>
  world.sql.query(
    `INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id, stream, seq, prev_hash, row_hash)
     VALUES (uuid_v7_floor(now() + make_interval(months => ${month}, secs => ${seq ?? 0})), $1, 't', 'i', '', '', '', $2, $3, $4, $4)`,
    seq === null ? [note, null, null, null] : [note, 'main', seq, Buffer.from('h')],
  );

const auditRows = (schema: string) => world.rows(`SELECT seq, action FROM ${schema}.audit_logs ORDER BY id`);

test('the list names every table that is cut by month', async () => {
  const rows = await world.rows<{ name: string }>(
    `SELECT relname AS name FROM pg_partitioned_table JOIN pg_class ON pg_class.oid = partrelid
     WHERE partstrat = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  expect(rows.map(({ name }) => name)).toEqual([...MONTHLY].sort());
});

test('makes three months ahead, and says for how many a log is ready', async () => {
  await world.sql.query(`DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT month.part FROM month_partitions('activity_logs') AS month WHERE ends_at > now() + interval '2 months' LOOP
      EXECUTE 'DROP TABLE ' || part; END LOOP; END $$`);
  const before = await monthsAhead(world.database, 'activity_logs', world.clock.now());
  expect(before).toBeLessThan(3);
  await monthsJob(world).run({});
  for (const table of MONTHLY) expect(await gauge(table)).toBe(3);
  const parts = await partsOf('activity_logs');
  await monthsJob(world).run({});
  expect(await partsOf('activity_logs')).toEqual(parts);
});

test('the alarm: a month that cannot be made leaves the gauge below one', async () => {
  const own = await openUpkeepWorld();
  // Five months later, by our clock: PostgreSQL's own makes none of them.
  own.pass(5 * 31 * DAY_MS);
  await monthsJob(own).run({});
  const values = (await own.metrics.monthsAhead.get()).values;
  expect(values.map(({ value }) => value)).toEqual(MONTHLY.map(() => -1));
  await own.close();
});

test('months of sign-ins and visits go when they were kept long enough, and only those', async () => {
  const own = await openUpkeepWorld();
  const insert = `INSERT INTO login_history (id, outcome, address, agent) SELECT uuid_v7_floor(now() + make_interval(months => n)), 'SUCCEEDED', '', '' FROM generate_series(0, 2) AS n`;
  await own.sql.query(insert);
  const { rows } = await own.sql.query(
    `SELECT ends_at FROM month_partitions('login_history') WHERE part::text LIKE '%earlier'`,
  );
  own.pass(rows[0].ends_at.getTime() - Date.now() + 366 * DAY_MS);
  await monthsJob(own).run({});
  expect((await own.sql.query('SELECT count(*)::int AS n FROM login_history')).rows).toEqual([{ n: 2 }]);
  const scans = await own.sql.query(
    `SELECT part FROM month_partitions('event_check_ins') WHERE part::text LIKE '%earlier'`,
  );
  expect(scans.rows).toHaveLength(1);
  await own.close();
});

test('a month of the audit moves only when a checkpoint covers all of it, keeps its rows and stays guarded', async () => {
  for (let seq = 1; seq <= 4; seq += 1) await audit(1, seq);
  for (let seq = 5; seq <= 6; seq += 1) await audit(2, seq);
  await audit(3, null);
  const all = await auditRows('public');
  world.pass((4 * 31 + 2 * 366) * DAY_MS);
  const archive = async (): Promise<void> => {
    await monthsJob(world).run({});
  };
  const checkpoint = (seq: number) =>
    world.sql.query(
      `INSERT INTO audit_checkpoints (stream, seq, row_hash, key_id, signature) VALUES ('main', ${seq}, 'h', 'k', 's')`,
    );

  await checkpoint(3);
  await archive();
  expect(await auditRows('public')).toEqual(all);
  await checkpoint(5);
  await archive();
  expect(await auditRows('archive')).toEqual(all.slice(0, 4));
  expect(await auditRows('public')).toEqual(all.slice(4));
  await checkpoint(6);
  await archive();
  await archive();
  expect(await auditRows('archive')).toEqual(all.slice(0, 6));
  // Written before chains, so that no checkpoint speaks of it.
  expect(await auditRows('public')).toEqual(all.slice(6));

  for (const statement of [
    `UPDATE archive.audit_logs SET action = 'b'`,
    'DELETE FROM archive.audit_logs',
    'TRUNCATE archive.audit_logs',
  ]) {
    await expect(world.sql.query(statement)).rejects.toThrow('append-only');
  }
  await audit(9, 7);
});

test('a move that was killed between its transactions is done again', async () => {
  const own = await openUpkeepWorld();
  await own.sql.query(
    `INSERT INTO audit_logs (id, action, target_type, target_id, address, agent, request_id, stream, seq, prev_hash, row_hash)
     VALUES (uuid_v7_floor(now()), 'a', 't', 'i', '', '', '', 'main', 1, 'h', 'h');
     INSERT INTO audit_checkpoints (stream, seq, row_hash, key_id, signature) VALUES ('main', 1, 'h', 'k', 's');
     ALTER TABLE audit_logs_earlier ADD CONSTRAINT within_month CHECK (id IS NOT NULL) NOT VALID`,
  );
  own.pass((32 + 2 * 366) * DAY_MS);
  await monthsJob(own).run({});
  const { rows } = await own.sql.query(
    `SELECT (SELECT count(*)::int FROM archive.audit_logs) AS moved,
       (SELECT count(*)::int FROM pg_constraint WHERE conname = 'within_month') AS left`,
  );
  expect(rows).toEqual([{ moved: 1, left: 0 }]);
  await own.close();
});
