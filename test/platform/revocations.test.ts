import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/platform/log.ts';
import { connectRedis, untilReady } from '../../src/platform/redis/connect.ts';
import { createRevocations } from '../../src/platform/revocations.ts';
import { freshRedis } from '../support/databases.ts';
import { ownRedis } from '../support/own-servers.ts';

const log = createLog('silent');
let redis: Redis;

beforeAll(async () => {
  redis = connectRedis(await freshRedis(), log);
  await untilReady(redis);
});
afterAll(() => redis.disconnect());

test('remember an ended session and no other', async () => {
  const revocations = createRevocations(redis);
  const [ended, open] = [randomUUID(), randomUUID()];
  await revocations.revoke([ended]);
  await revocations.revoke([ended]);
  expect(await revocations.isRevoked(ended)).toBe(true);
  expect(await revocations.isRevoked(open)).toBe(false);
});

test('find the ended ones among more than one command asks for', async () => {
  const revocations = createRevocations(redis);
  const sessions = Array.from({ length: 1_203 }, () => randomUUID());
  const ended = sessions.filter((_, index) => index % 400 === 0);
  await revocations.revoke(ended);
  expect(await revocations.revokedAmong(sessions)).toEqual(new Set(ended));
  expect(await revocations.revokedAmong([])).toEqual(new Set());
});

test('forget a session once its last access token must have ended, and not before', async () => {
  const session = randomUUID();
  await createRevocations(redis).revoke([session]);
  const [key] = await redis.keys(`*${session}`);
  const secondsLeft = await redis.ttl(key ?? '');
  expect(secondsLeft).toBeGreaterThan(15 * 60);
  expect(secondsLeft).toBeLessThanOrEqual(16 * 60);
});

test('wave nobody through while Redis is away', async () => {
  const server = await ownRedis();
  const connection = connectRedis(server.url, log);
  try {
    await untilReady(connection);
    const revocations = createRevocations(connection);
    const session = randomUUID();
    await revocations.revoke([session]);
    await server.kill();
    const overloaded = { code: 'OVERLOADED', details: { retryAfterMs: expect.any(Number) } };
    await expect(revocations.isRevoked(session)).rejects.toMatchObject(overloaded);
    await expect(revocations.revokedAmong([session])).rejects.toMatchObject(overloaded);
    await expect(revocations.revoke([session])).rejects.toMatchObject(overloaded);
    await server.restart();
    await untilReady(connection);
    expect(await revocations.isRevoked(session)).toBe(true);
  } finally {
    connection.disconnect();
    await server.stop();
  }
});
