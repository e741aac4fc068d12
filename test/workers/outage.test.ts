import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { Answer } from '../../src/kernel/execute.ts';
import { newId } from '../../src/platform/ids.ts';
import { openQueue } from '../../src/platform/jobs/queue.ts';
import { type OwnServer, ownPostgres, ownRedis } from '../support/own-servers.ts';
import { openWorld, type World } from './world.ts';

let world: World | undefined;
const servers: OwnServer[] = [];
afterEach(async () => {
  await world?.close();
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

const RETRYABLE = new Set(['COMMIT_TIMEOUT', 'OVERLOADED']);

/** Does what a client does: repeats with the same key until it gets an answer that is final. */
const insist = async (label: string): Promise<Answer> => {
  const idempotencyKey = newId();
  for (const end = performance.now() + 60_000; performance.now() < end; ) {
    const answer = await (world as World).call('probe.add', { label, facts: 1 }, { idempotencyKey });
    if (answer.ok || !RETRYABLE.has(answer.error.code)) return answer;
    await pause(100);
  }
  throw new Error(`${label} got no final answer`);
};

const CALLS = 60;
/** Calls that begin before, while and after the server is away. */
const callsAround = async (outage: () => Promise<void>): Promise<Answer[]> => {
  const calls: Promise<Answer>[] = [];
  const calling = (async () => {
    for (let n = 0; n < CALLS; n += 1) {
      calls.push(insist(`call ${n}`));
      await pause(25);
    }
  })();
  await pause(300);
  await outage();
  await calling;
  return Promise.all(calls);
};

test.each(['PostgreSQL', 'Redis'])('while %s is killed and comes back every call takes effect once', async (which) => {
  const [postgres, redis] = await Promise.all([ownPostgres(), ownRedis()]);
  servers.push(postgres, redis);
  const killed = which === 'Redis' ? redis : postgres;
  world = await openWorld({ databaseUrl: postgres.url, redisUrl: redis.url });
  await world.work();
  const answers = await callsAround(async () => {
    await killed.kill();
    await pause(700);
    await killed.restart();
  });
  expect(answers.filter(({ ok }) => !ok)).toEqual([]);
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  try {
    const { rows } = await sql.query('SELECT label FROM probes');
    expect(rows.map(({ label }) => label).sort()).toEqual(Array.from({ length: CALLS }, (_, n) => `call ${n}`).sort());
    const undelivered = `SELECT 1 FROM outbox_events o WHERE NOT EXISTS (SELECT FROM deliveries d WHERE d.fact_id = o.id)`;
    await expect.poll(async () => (await sql.query(undelivered)).rowCount, { timeout: 20_000 }).toBe(0);
  } finally {
    await sql.end();
  }
});

test('while PostgreSQL is away a job and a delivery use up none of their attempts, however often they are tried', async () => {
  const [postgres, redis] = await Promise.all([ownPostgres(), ownRedis()]);
  servers.push(postgres, redis);
  world = await openWorld({ databaseUrl: postgres.url, redisUrl: redis.url });
  await world.work();
  const { log, redis: connection } = world.platform;
  await postgres.kill();
  const facts = openQueue('facts', connection, log);
  const jobs = openQueue('jobs', connection, log);
  // One attempt: a single one that counted would put it aside.
  const factId = newId();
  await facts.add('probe.first', { factId, payload: { label: 'late' } }, { attempts: 1, jobId: 'fact' });
  await jobs.add('probe.tidy', { label: 'late' }, { attempts: 1, jobId: 'job' });
  const startsOf = async (queue: typeof facts, id: string) => (await queue.getJob(id))?.attemptsStarted ?? 0;
  await expect
    .poll(async () => Math.min(await startsOf(facts, 'fact'), await startsOf(jobs, 'job')), { timeout: 20_000 })
    .toBeGreaterThan(1);
  await postgres.restart();
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  try {
    const found = 'SELECT subscriber FROM deliveries ORDER BY subscriber';
    await expect
      .poll(async () => (await sql.query(found)).rows, { timeout: 30_000 })
      .toEqual([{ subscriber: 'first' }, { subscriber: 'tidy' }]);
    expect((await sql.query('SELECT 1 FROM dead_letters')).rowCount).toBe(0);
  } finally {
    await sql.end();
  }
});
