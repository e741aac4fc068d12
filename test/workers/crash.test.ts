import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { SHORT_LIVED } from '../support/short-lived.ts';
import { eventually, openWorld, type World } from './world.ts';

let world: World;
const children: ChildProcess[] = [];
beforeEach(async () => {
  world = await openWorld();
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await world.close();
});

const startProcess = async (environment: NodeJS.ProcessEnv = {}): Promise<ChildProcess> => {
  const { config } = world.platform;
  const child = fork(new URL('worker-process.ts', import.meta.url), {
    execArgv: [...SHORT_LIVED, '--import', 'tsx'],
    env: {
      ...process.env,
      DATABASE_URL: config.databaseUrl,
      REDIS_URL: config.redis.jobs,
      SIGNING_KEY: config.signingKey,
      ENCRYPTION_KEY: config.encryptionKey,
      LOG_LEVEL: 'silent',
      ...environment,
    },
  });
  children.push(child);
  await once(child, 'message');
  return child;
};

const rowsOf = async (sql: string): Promise<unknown[]> => (await world.sql.query(sql)).rows;

test('a call whose worker is killed inside the transaction is answered by another, with one effect', async () => {
  await world.sql.query(`INSERT INTO pauses VALUES ('all')`);
  const doomed = await startProcess();
  const calling = world.call('probe.add', { label: 'a', outcome: 'pause', facts: 1 });
  await eventually(async () => {
    const inserted = await rowsOf(
      `SELECT 1 FROM pg_locks WHERE relation = 'probes'::regclass AND mode = 'RowExclusiveLock'`,
    );
    return inserted.length > 0;
  });
  await world.sql.query('DELETE FROM pauses');
  doomed.kill('SIGKILL');
  await world.work();
  expect(await calling).toMatchObject({ ok: true });
  expect(await rowsOf('SELECT label FROM probes')).toEqual([{ label: 'a' }]);
  expect(await rowsOf('SELECT action FROM audit_logs')).toHaveLength(1);
  expect(await rowsOf('SELECT name FROM outbox_events')).toHaveLength(1);
});

test('a worker killed between commit and everything after it leaves one effect, one answer and no lost fact', async () => {
  const doomed = await startProcess({ DIE_AFTER_COMMIT: '1' });
  const died = once(doomed, 'exit');
  const idempotencyKey = newId();
  const calling = world.call('probe.add', { label: 'a', facts: 3 }, { idempotencyKey });
  expect(await died).toEqual([null, 'SIGKILL']);
  expect(await rowsOf('SELECT label FROM probes')).toEqual([{ label: 'a' }]);
  expect(await rowsOf('SELECT id FROM outbox_events WHERE relayed_at IS NOT NULL')).toEqual([]);
  await world.work();
  expect(await calling).toMatchObject({ ok: true });
  await eventually(async () => (await rowsOf('SELECT 1 FROM deliveries')).length >= 6);
  await eventually(async () => (await rowsOf('SELECT 1 FROM outbox_events WHERE relayed_at IS NULL')).length === 0);
  expect(await rowsOf('SELECT label, subscriber FROM deliveries ORDER BY label, subscriber')).toEqual(
    ['a/0', 'a/1', 'a/2'].flatMap((label) => [
      { label, subscriber: 'first' },
      { label, subscriber: 'second' },
    ]),
  );
  expect(await rowsOf('SELECT label FROM probes')).toEqual([{ label: 'a' }]);
});
