import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { type RedisMemory, watchMemory } from '../../../src/platform/redis/memory.ts';
import { type OwnRedis, ownRedis } from '../../support/own-servers.ts';
import { until } from '../../support/until.ts';

let server: OwnRedis;
let redis: Redis;
let memory: RedisMemory;

beforeAll(async () => {
  server = await ownRedis();
  redis = new Redis(server.url);
  memory = watchMemory(redis, createMetrics());
});
afterAll(async () => {
  memory?.stop();
  redis?.disconnect();
  await server?.stop();
});

/** Sets the limit so that this share of it is taken. */
const fill = async (share: number): Promise<void> => {
  const used = Number(/^used_memory:(\d+)/m.exec(await redis.info('memory'))?.[1]);
  await redis.config('SET', 'maxmemory', Math.round(used / share));
};

test('a Redis is nearly full from nine tenths of its limit on, and no longer when there is room again', async () => {
  expect(memory.isNearlyFull()).toBe(false);
  await fill(0.96);
  await until(() => memory.isNearlyFull(), { what: 'a nearly full Redis' });
  await fill(0.5);
  await until(() => !memory.isNearlyFull(), { what: 'a Redis with room' });
});

test('a Redis without a limit is never full', async () => {
  await fill(0.96);
  await until(() => memory.isNearlyFull());
  await redis.config('SET', 'maxmemory', 0);
  await until(() => !memory.isNearlyFull(), { what: 'a Redis without a limit' });
});
