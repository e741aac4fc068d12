import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Handler } from '../../../src/kernel/handler.ts';
import { openEntry } from '../../../src/platform/audit/open-entry.ts';
import { sealRequest } from '../../../src/platform/commits/request.ts';
import { runCommit } from '../../../src/platform/commits/run-commit.ts';
import { runGroup } from '../../../src/platform/commits/run-group.ts';
import { newId } from '../../../src/platform/ids.ts';
import { openQueue } from '../../../src/platform/jobs/queue.ts';
import { createSharedClock } from '../../../src/platform/redis/shared-clock.ts';
import { eventually, openWorld, someCall, USER_ID, type World } from '../../workers/world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const probes = async (): Promise<string[]> =>
  (await world.sql.query<{ label: string }>('SELECT label FROM probes ORDER BY id')).rows.map(({ label }) => label);
const count = async (table: string): Promise<number> =>
  Number((await world.sql.query(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n);

test('commits an operation with its answer, its audit row and its facts', async () => {
  await world.work();
  const answer = await world.call('probe.add', { label: 'a', at: '2026-01-02T03:04:05.000Z', facts: 2 });
  expect(answer).toMatchObject({ ok: true, data: { id: expect.any(String) } });
  const { rows } = await world.sql.query('SELECT * FROM audit_logs');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    actor_id: USER_ID,
    action: 'probe.add',
    target_type: 'probe',
    stream: '1',
    seq: '1',
  });
  const row = await world.platform.database.auditLog.findFirstOrThrow();
  expect(await openEntry(world.platform, world.platform.database, row)).toEqual({
    origin: { address: '203.0.113.7', agent: 'test' },
    payload: { after: { label: 'a' } },
  });
  expect(await count('outbox_events')).toBe(2);
  expect((await world.sql.query('SELECT at FROM probes')).rows).toEqual([{ at: new Date('2026-01-02T03:04:05.000Z') }]);
});

test('gives a repeat with the same key the first answer', async () => {
  await world.work();
  const idempotencyKey = newId();
  const first = await world.call('probe.add', { label: 'a' }, { idempotencyKey });
  const again = await world.call('probe.add', { label: 'a' }, { idempotencyKey });
  expect(first.ok).toBe(true);
  expect(again).toEqual({ ...first, replayed: true });
  expect(await probes()).toEqual(['a']);
});

test('refuses a repeat with another input', async () => {
  await world.work();
  const idempotencyKey = newId();
  await world.call('probe.add', { label: 'a' }, { idempotencyKey });
  const other = await world.call('probe.add', { label: 'b' }, { idempotencyKey });
  expect(other).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
  expect(await probes()).toEqual(['a']);
});

test('lets two users use the same key', async () => {
  await world.work();
  const idempotencyKey = newId();
  await world.call('probe.add', { label: 'a' }, { idempotencyKey });
  const actor = { userId: newId(), sessionId: newId(), role: 'USER' };
  expect(await world.call('probe.add', { label: 'b' }, { idempotencyKey, actor })).toMatchObject({ ok: true });
  expect(await probes()).toEqual(['a', 'b']);
});

test('of concurrent calls with one key one takes effect and all get its answer', async () => {
  await world.work();
  await world.work();
  const idempotencyKey = newId();
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => world.call('probe.add', { label: 'a' }, { idempotencyKey })),
  );
  const ids = new Set(answers.map((answer) => answer.ok && (answer.data as { id: string }).id));
  expect(ids.size).toBe(1);
  expect(answers.filter((answer) => answer.ok && !answer.replayed)).toHaveLength(1);
  expect(await probes()).toEqual(['a']);
});

test('rolls back what a refused operation wrote, and lets a repeat try again', async () => {
  await world.work();
  const idempotencyKey = newId();
  for (let n = 0; n < 2; n += 1) {
    const refused = await world.call('probe.add', { label: 'a', outcome: 'refuse', facts: 1 }, { idempotencyKey });
    expect(refused).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: 'refused' } });
  }
  expect(await probes()).toEqual([]);
  expect(await count('audit_logs')).toBe(0);
  expect(await count('outbox_events')).toBe(0);
  expect(await count('idempotency_keys')).toBe(0);
});

test('keeps what was written before a committed error, and repeats the error', async () => {
  await world.work();
  const idempotencyKey = newId();
  for (let n = 0; n < 2; n += 1) {
    const refused = await world.call('probe.add', { label: 'a', outcome: 'refuseCommitted' }, { idempotencyKey });
    expect(refused).toMatchObject({ ok: false, error: { code: 'CONFLICT', message: 'refused, but kept' } });
  }
  expect(await probes()).toEqual(['a']);
  expect(await count('audit_logs')).toBe(1);
});

test('answers a bug as INTERNAL and rolls back', async () => {
  await world.work();
  const answer = await world.call('probe.add', { label: 'a', outcome: 'break' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
  expect(await probes()).toEqual([]);
});

test('without workers answers COMMIT_TIMEOUT; once they run, a repeat finds one effect', async () => {
  const idempotencyKey = newId();
  const unanswered = await world.call('probe.add', { label: 'a' }, { idempotencyKey });
  expect(unanswered).toMatchObject({ ok: false, error: { code: 'COMMIT_TIMEOUT', retryable: true } });
  await world.work();
  expect(await world.call('probe.add', { label: 'a' }, { idempotencyKey })).toMatchObject({ ok: true });
  await eventually(async () => (await world.platform.redis.llen('rally:{commits}:commits:active')) === 0);
  expect(await probes()).toEqual(['a']);
});

test('a call that nobody waits for any more is not begun, whatever the worker’s own clock says', async () => {
  const { redis, log, sealing } = world.platform;
  const made = (label: string, atMs: number) => {
    const input = { label, outcome: 'answer', facts: 0 };
    return sealRequest(sealing, { id: newId(), operation: 'probe.add', input, call: someCall(), atMs });
  };
  const nowMs = (await createSharedClock(redis)).nowMs();
  const sealed = [made('late', nowMs - 6_000), made('in time', nowMs + 30_000)];
  const queue = openQueue('commits', redis, log);
  // As from a node whose clock is hours behind.
  await queue.add('probe.add', { nodeId: newId(), sealed }, { timestamp: nowMs - 3 * 3_600_000 });
  await world.work();
  await eventually(async () => (await probes()).length > 0);
  await eventually(async () => (await queue.getJobCountByTypes('waiting', 'active', 'delayed')) === 0);
  expect(await probes()).toEqual(['in time']);
});

test('a call that a worker held while it stood still never takes effect', async () => {
  const { platform, domain } = world;
  const [handler] = domain.operations;
  const input = { label: 'held', outcome: 'answer', facts: 0 };
  const request = { id: newId(), operation: 'probe.add', input, call: someCall(), atMs: 1_000 };
  const parts = { ...platform, nowMs: () => 1_000 + 11 * 60_000 };
  await runCommit(parts, handler as Handler, request);
  await runGroup(parts, handler as Handler, [request, { ...request, id: newId() }]);
  expect(await probes()).toEqual([]);
  expect(await count('idempotency_keys')).toBe(0);
});

test('keeps secrets out of Redis and out of the stored answer', async () => {
  const calling = world.call('probe.add', { label: 'a', secret: 'correct horse' });
  await inspectQueue();
  await world.work();
  const answer = await calling;
  const { token } = (answer as { data: { token: string } }).data;
  const { rows } = await world.sql.query<{ answer: string }>('SELECT answer FROM idempotency_keys');
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.answer).not.toContain(token);
});

/** Reads the one call that waits in the queue. */
const inspectQueue = async (): Promise<void> => {
  const { redis } = world.platform;
  const key = await eventually(async () => (await redis.keys('rally:{commits}:commits:*-*')).at(0));
  const stored = JSON.stringify(await redis.hgetall(key));
  expect(stored).toContain('probe.add');
  expect(stored).not.toContain('correct horse');
};
