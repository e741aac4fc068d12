import fc from 'fast-check';
import type { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { operation, type Rate } from '../../src/kernel/contract.ts';
import type { Runtime } from '../../src/kernel/execute.ts';
import type { Call } from '../../src/kernel/handler.ts';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { createRateLimits } from '../../src/platform/rate-limits.ts';
import { connectRedis, untilReady } from '../../src/platform/redis/connect.ts';
import { freshRedis } from '../support/databases.ts';

let url: string;
let connections: Redis[];

const connect = async (): Promise<Redis> => {
  const redis = connectRedis(url, createLog('silent'));
  await untilReady(redis);
  connections.push(redis);
  return redis;
};

beforeAll(async () => {
  connections = [];
  url = await freshRedis();
});
afterAll(() => {
  for (const redis of connections) redis.disconnect();
});

const limited = (...rates: Rate[]) =>
  operation({
    // Every contract counts for itself.
    name: `probe.${newId()}`,
    summary: 'Counted',
    access: 'public',
    durability: 'read',
    rates,
    input: z.object({ email: z.string().optional() }),
    output: z.object({}),
    errors: [],
  });

const callFrom = (address: string, userId?: string): Call => ({
  actor: userId === undefined ? null : { userId, sessionId: newId(), role: 'USER' },
  origin: { carrier: 'http', address, agent: 'test' },
  requestId: newId(),
  now: new Date(),
});
const someone = callFrom('203.0.113.1');

type Contract = ReturnType<typeof limited>;
interface Burst {
  contract: Contract;
  calls: number;
  input?: object;
  call?: Call;
}
/** How many of the burst's concurrent calls got through. */
const passed = async (limit: Runtime['limit'], { contract, calls, input = {}, call = someone }: Burst) => {
  const outcomes = await Promise.allSettled(Array.from({ length: calls }, async () => limit(contract, input, call)));
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'RATE_LIMITED' });
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
};

test('counts a small limit exactly over two nodes', async () => {
  const [a, b] = [createRateLimits(await connect()), createRateLimits(await connect())];
  const contract = limited({ limit: 5, windowSeconds: 60, by: 'address' });
  expect((await passed(a, { contract, calls: 3 })) + (await passed(b, { contract, calls: 10 }))).toBe(5);
  expect(await passed(a, { contract, calls: 3 })).toBe(0);
});

test('takes a first call while other commands of the connection wait to be sent together', async () => {
  const redis = await connect();
  const limit = createRateLimits(redis);
  const contract = limited({ limit: 5, windowSeconds: 60, by: 'address' });
  const answers = await Promise.all([
    redis.get('other'),
    limit(contract, {}, callFrom('203.0.113.9')),
    redis.get('other'),
  ]);
  expect(answers).toEqual([null, undefined, null]);
});

test('says when a repeat can succeed', async () => {
  const limit = createRateLimits(await connect());
  const contract = limited({ limit: 1, windowSeconds: 60, by: 'address' });
  await limit(contract, {}, someone);
  for (let n = 0; n < 2; n += 1) {
    const error = await Promise.resolve()
      .then(() => limit(contract, {}, someone))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } });
    const { retryAfterMs } = (error as { details: { retryAfterMs: number } }).details;
    expect(retryAfterMs).toBeGreaterThan(50_000);
    expect(retryAfterMs).toBeLessThanOrEqual(60_000);
  }
});

test('never lets through more than a large limit, and hardly less, whichever nodes the calls reach', async () => {
  const nodes = [
    createRateLimits(await connect()),
    createRateLimits(await connect()),
    createRateLimits(await connect()),
  ];
  const bursts = fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 150 })), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 100, max: 700 }), bursts, async (limit, plan) => {
      const contract = limited({ limit, windowSeconds: 60, by: 'actor' });
      const caller = callFrom('203.0.113.1', newId());
      let [asked, through] = [0, 0];
      for (const [at, calls] of plan) {
        const node = nodes[at] as Runtime['limit'];
        through += await passed(node, { contract, calls, call: caller });
        asked += calls;
      }
      const lease = Math.floor(limit / 25);
      expect(through).toBeLessThanOrEqual(limit);
      expect(through).toBeGreaterThanOrEqual(Math.min(asked, limit - (nodes.length + 1) * lease));
    }),
    { numRuns: 30 },
  );
});

test('asks Redis once for every twenty-fifth of a large limit', async () => {
  const redis = await connect();
  const limit = createRateLimits(redis);
  const contract = limited({ limit: 10_000, windowSeconds: 60, by: 'actor' });
  const caller = callFrom('203.0.113.1', newId());
  const scriptsRun = async (): Promise<number> => {
    const stats = await redis.info('commandstats');
    return Number(/cmdstat_incrby:calls=(\d+)/.exec(stats)?.[1] ?? 0);
  };
  const before = await scriptsRun();
  expect(await passed(limit, { contract, calls: 1_000, call: caller })).toBe(1_000);
  // Three leases of 400.
  expect((await scriptsRun()) - before).toBe(3);
});

test('begins anew with the next window', async () => {
  const limit = createRateLimits(await connect());
  const small = limited({ limit: 2, windowSeconds: 1, by: 'address' });
  const large = limited({ limit: 100, windowSeconds: 1, by: 'address' });
  expect(await passed(limit, { contract: small, calls: 5 })).toBe(2);
  expect(await passed(limit, { contract: large, calls: 150 })).toBe(100);
  await expect.poll(() => passed(limit, { contract: small, calls: 1 }), { timeout: 5_000, interval: 50 }).toBe(1);
  await expect.poll(() => passed(limit, { contract: large, calls: 1 }), { timeout: 5_000, interval: 50 }).toBe(1);
});

test('counts users, addresses and fields apart', async () => {
  const limit = createRateLimits(await connect());
  const byActor = limited({ limit: 1, windowSeconds: 60, by: 'actor' });
  for (const userId of [newId(), newId()])
    expect(await passed(limit, { contract: byActor, calls: 3, call: callFrom('203.0.113.1', userId) })).toBe(1);
  const byField = limited({ limit: 1, windowSeconds: 60, by: { field: 'email' } });
  for (const email of ['a@example.org', 'b@example.org'])
    expect(await passed(limit, { contract: byField, calls: 3, input: { email } })).toBe(1);
  expect(await passed(limit, { contract: byField, calls: 3 })).toBe(3);
});

test('does not count callers on this machine by address', async () => {
  const limit = createRateLimits(await connect());
  const contract = limited({ limit: 1, windowSeconds: 60, by: 'address' });
  for (const address of ['127.0.0.1', '::1', '::ffff:127.0.0.1']) {
    expect(await passed(limit, { contract, calls: 5, call: callFrom(address) })).toBe(5);
  }
});

test('holds every rate of an operation', async () => {
  const limit = createRateLimits(await connect());
  const contract = limited(
    { limit: 100, windowSeconds: 60, by: 'address' },
    { limit: 3, windowSeconds: 60, by: { field: 'email' } },
  );
  expect(await passed(limit, { contract, calls: 10, input: { email: 'a@example.org' } })).toBe(3);
  expect(await passed(limit, { contract, calls: 200, input: { email: 'b@example.org' } })).toBe(3);
});

test('counts on its own while Redis is away', async () => {
  const redis = await connect();
  const limit = createRateLimits(redis);
  redis.disconnect();
  const small = limited({ limit: 5, windowSeconds: 60, by: 'address' });
  const large = limited({ limit: 200, windowSeconds: 60, by: 'address' });
  expect(await passed(limit, { contract: small, calls: 20 })).toBe(5);
  expect(await passed(limit, { contract: large, calls: 500 })).toBe(200);
});

test('counts the addresses of an IPv6 network as one, and IPv4 the same however it is written', async () => {
  const limit = createRateLimits(await connect());
  const granted = async (contract: Contract, addresses: string[]) => {
    const outcomes = await Promise.allSettled(addresses.map(async (address) => limit(contract, {}, callFrom(address))));
    return outcomes.filter(({ status }) => status === 'fulfilled').length;
  };
  const network = (prefix: string) => Array.from({ length: 20 }, (_, n) => `${prefix}:${n.toString(16)}:a:b:${n}`);
  const contract = limited({ limit: 5, windowSeconds: 60, by: 'address' });
  expect(await granted(contract, network('2001:db8:1:2'))).toBe(5);
  expect(await granted(contract, network('2001:db8:1:3'))).toBe(5);
  expect(
    await granted(
      contract,
      ['198.51.100.4', '::ffff:198.51.100.4', '::ffff:c633:6404'].flatMap((a) => [a, a]),
    ),
  ).toBe(5);
});
