import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { operation } from '../../src/kernel/contract.ts';
import { AppError } from '../../src/kernel/errors.ts';
import type { Runtime } from '../../src/kernel/execute.ts';
import type { Call } from '../../src/kernel/handler.ts';
import { createOnce } from '../../src/platform/idempotency.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { connectRedis, untilReady } from '../../src/platform/redis/connect.ts';
import { createSealing } from '../../src/platform/sealing.ts';
import { freshRedis } from '../support/databases.ts';

const contract = operation({
  name: 'probe.append',
  summary: 'Appends',
  access: 'user',
  durability: 'accepted',
  rates: [],
  input: z.object({ label: z.string() }),
  output: z.object({ n: z.number() }),
  errors: [],
});

let redis: Redis;
let once: Runtime['once'];
let effects: number;

beforeEach(async () => {
  redis = connectRedis(await freshRedis(), createLog('silent'));
  await untilReady(redis);
  once = createOnce(redis, createSealing(randomBytes(32).toString('base64')));
  effects = 0;
});
afterEach(() => redis.disconnect());

const keyed = (idempotencyKey: string, userId = 'ann'): Call => ({
  actor: { userId, sessionId: 'session', role: 'USER' },
  origin: { carrier: 'socket', address: '203.0.113.1', agent: 'test' },
  requestId: newId(),
  now: new Date(),
  idempotencyKey,
});
const append = async () => {
  effects += 1;
  return { n: effects, token: 'secret-token' };
};

test('gives a repeat the first answer and runs once', async () => {
  expect(await once(contract, { label: 'a' }, keyed('k'), append)).toMatchObject({ data: { n: 1 }, replayed: false });
  expect(await once(contract, { label: 'a' }, keyed('k'), append)).toMatchObject({ data: { n: 1 }, replayed: true });
  expect(effects).toBe(1);
});

test('recognises a repeat and another input across a change of keys', async () => {
  const [older, newer] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const before = createOnce(redis, createSealing(older));
  const after = createOnce(redis, createSealing(`${newer},${older}`));
  await before(contract, { label: 'a' }, keyed('k'), append);
  expect(await after(contract, { label: 'a' }, keyed('k'), append)).toMatchObject({ data: { n: 1 }, replayed: true });
  await expect(after(contract, { label: 'b' }, keyed('k'), append)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_MISMATCH',
  });
  expect(effects).toBe(1);
});

test('keeps keys of different users apart', async () => {
  await once(contract, { label: 'a' }, keyed('k', 'ann'), append);
  expect(await once(contract, { label: 'b' }, keyed('k', 'bob'), append)).toMatchObject({ data: { n: 2 } });
});

test('refuses a key that was used with another input, also while the first call runs', async () => {
  const slow = once(contract, { label: 'a' }, keyed('k'), async () => {
    await expect(once(contract, { label: 'b' }, keyed('k'), append)).rejects.toMatchObject({
      code: 'IDEMPOTENCY_MISMATCH',
    });
    return append();
  });
  await slow;
  await expect(once(contract, { label: 'b' }, keyed('k'), append)).rejects.toMatchObject({
    code: 'IDEMPOTENCY_MISMATCH',
  });
  expect(effects).toBe(1);
});

test('lets concurrent calls with one key take effect once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => once(contract, { label: 'a' }, keyed('k'), append)),
  );
  expect(new Set(answers.map(({ data }) => (data as { n: number }).n))).toEqual(new Set([1]));
  expect(answers.filter(({ replayed }) => !replayed)).toHaveLength(1);
  expect(effects).toBe(1);
});

test('lets a repeat of a failed call try again', async () => {
  const fail = () => Promise.reject(new AppError('CONFLICT', 'not now'));
  await expect(once(contract, { label: 'a' }, keyed('k'), fail)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await once(contract, { label: 'a' }, keyed('k'), append)).toMatchObject({ data: { n: 1 }, replayed: false });
});

test('takes over from a call that died', async () => {
  void once(contract, { label: 'a' }, keyed('k'), () => new Promise(() => {}));
  const [key] = await expect
    .poll(() => redis.keys('rally:once:*'))
    .toHaveLength(1)
    .then(() => redis.keys('rally:once:*'));
  const leaseMs = await redis.pttl(key ?? '');
  expect(leaseMs).toBeGreaterThan(0);
  expect(leaseMs).toBeLessThanOrEqual(10_000);
  await redis.pexpire(key ?? '', 1);
  expect(await once(contract, { label: 'a' }, keyed('k'), append)).toMatchObject({ data: { n: 1 }, replayed: false });
});

test('keeps answers sealed, for a day', async () => {
  await once(contract, { label: 'a' }, keyed('k'), append);
  const [key = ''] = await redis.keys('rally:once:*');
  expect(await redis.get(key)).not.toContain('secret-token');
  expect(await redis.ttl(key)).toBeGreaterThan(23 * 3_600);
});

test('refuses honestly while Redis is away', async () => {
  redis.disconnect();
  await expect(once(contract, { label: 'a' }, keyed('k'), append)).rejects.toMatchObject({ code: 'OVERLOADED' });
  expect(effects).toBe(0);
});
