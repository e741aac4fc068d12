import { afterEach, beforeEach, expect, test } from 'vitest';
import { boundTransaction } from '../../src/platform/db/bound-transaction.ts';
import { isTooSlow } from '../../src/platform/db/failures.ts';
import { newId } from '../../src/platform/ids.ts';
import { sweepJob } from '../../src/workers/upkeep/sweep.job.ts';
import { refuseWrites } from '../support/databases.ts';
import { eventually, openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const column = async (sql: string): Promise<unknown[]> => {
  const { rows } = await world.sql.query({ text: sql, rowMode: 'array' });
  return rows.map(([value]) => value);
};
const pauseAll = () => world.sql.query(`INSERT INTO pauses VALUES ('all')`);

test('of two transactions that block each other one is run again, and both succeed', async () => {
  await world.work();
  const answers = await Promise.all([
    world.call('probe.add', { label: 'a', outcome: 'lockAB' }),
    world.call('probe.add', { label: 'b', outcome: 'lockBA' }),
  ]);
  expect(answers).toMatchObject([{ ok: true }, { ok: true }]);
  expect(await column('SELECT label FROM probes ORDER BY label')).toEqual(['a', 'b']);
  const deadlocks = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
  // An idle connection's counts are published after ten seconds.
  await expect.poll(() => column(deadlocks), { timeout: 30_000 }).not.toEqual([0]);
});

test.each(['sleep', 'pause'])(
  'a transaction that does nothing but %s is ended before its caller gives up',
  async (outcome) => {
    await pauseAll();
    await world.work();
    const answer = await world.call('probe.add', { label: 'a', outcome });
    expect(answer).toMatchObject({ ok: false, error: { code: 'OVERLOADED', retryable: true } });
    expect(await column('SELECT label FROM probes')).toEqual([]);
  },
);

test('a call to a PostgreSQL that refuses writes is refused at once, and may be repeated', async () => {
  await world.work();
  const idempotencyKey = newId();
  const { databaseUrl } = world.platform.config;
  const allowWrites = await refuseWrites(databaseUrl);
  const refused = await eventually(async () => {
    const answer = await world.call('probe.add', { label: 'a' }, { idempotencyKey });
    // Sessions that were ended first are an outage of their own.
    return answer.ok === false && answer.error.code !== 'COMMIT_TIMEOUT' && answer;
  });
  expect(refused).toMatchObject({ ok: false, error: { code: 'OVERLOADED', retryable: true, retryAfterMs: 1_000 } });
  await allowWrites();
  await eventually(async () => (await world.call('probe.add', { label: 'a' }, { idempotencyKey })).ok);
});

test('a worker’s transaction that waits for a lock, or stands still, ends in time and lets go of what it holds', async () => {
  const { database } = world.platform;
  const bounds = { timeoutMs: 400, maxWaitMs: 1_000 };
  await world.sql.query(`INSERT INTO pauses VALUES ('held')`);
  await world.sql.query('BEGIN');
  await world.sql.query(`SELECT FROM pauses WHERE label = 'held' FOR UPDATE`);
  const waiting = boundTransaction(database, (tx) => tx.$executeRaw`UPDATE pauses SET label = 'taken'`, bounds);
  expect(isTooSlow(await waiting.catch((error: unknown) => error))).toBe(true);
  await world.sql.query('COMMIT');
  // What ends the session of a process that stands still, which no test can do to itself.
  const [limits] = await boundTransaction(
    database,
    (tx) => tx.$queryRaw<unknown[]>`
      SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement,
             current_setting('idle_in_transaction_session_timeout') AS idle`,
    bounds,
  );
  expect(limits).toEqual({ lock: '200ms', statement: '400ms', idle: '400ms' });
});

test('a worker that is stopped finishes what it has begun and begins nothing new', async () => {
  await pauseAll();
  const workers = await world.work();
  const begun = world.call('probe.add', { label: 'begun', outcome: 'pause' });
  await eventually(async () => {
    const held = await column(
      `SELECT 1 FROM pg_locks WHERE relation = 'probes'::regclass AND mode = 'RowExclusiveLock'`,
    );
    return held.length > 0;
  });
  const stopped = workers.stop();
  const late = world.call('probe.add', { label: 'late' });
  await world.sql.query('DELETE FROM pauses');
  expect(await begun).toMatchObject({ ok: true });
  await stopped;
  expect(await column('SELECT label FROM probes')).toEqual(['begun']);
  await world.work();
  expect(await late).toMatchObject({ ok: true });
});

test('forgets what nobody may ask for again, and nothing else', async () => {
  await world.sql.query(`
    INSERT INTO idempotency_keys (scope, operation, key, request_hash, answer, created_at) VALUES
      ('call', 'probe.add', 'call, 9 minutes', '', '', now() - interval '9 minutes'),
      ('call', 'probe.add', 'call, 11 minutes', '', '', now() - interval '11 minutes'),
      ('ann', 'probe.add', 'key, 23 hours', '', '', now() - interval '23 hours'),
      ('ann', 'probe.add', 'key, 25 hours', '', '', now() - interval '25 hours')`);
  const relayed = async (label: string, at: string | null, dueAt: string | null = null): Promise<string> => {
    const id = newId();
    await world.sql.query(
      `INSERT INTO outbox_events (id, name, payload, relayed_at, due_at) VALUES ($1, 'probe.added', $2, $3, $4)`,
      [id, { label }, at, dueAt],
    );
    return id;
  };
  const mark = (factId: string, isPutAside: boolean) =>
    world.sql.query(`INSERT INTO fact_deliveries (fact_id, subscriber, is_put_aside) VALUES ($1, 'probe.first', $2)`, [
      factId,
      isPutAside,
    ]);
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
  await relayed('long ago', daysAgo(1.1));
  await relayed('lately', daysAgo(0.9));
  await relayed('not yet', null);
  await relayed('owed', daysAgo(1.1), daysAgo(1));
  await mark(await relayed('put aside', daysAgo(1.1)), true);
  await mark('01890000-0000-7000-8000-000000000001', false);
  await sweepJob(world.platform).run({});
  expect(await column('SELECT key FROM idempotency_keys ORDER BY key')).toEqual(['call, 9 minutes', 'key, 23 hours']);
  expect(await column(`SELECT payload->>'label' FROM outbox_events ORDER BY 1`)).toEqual([
    'lately',
    'not yet',
    'owed',
    'put aside',
  ]);
  expect(await column('SELECT is_put_aside FROM fact_deliveries')).toEqual([true]);
});
