import type { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createSoldOut, type SoldOut } from '../../../../src/domains/events/inventory/sold-out.store.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { createLog } from '../../../../src/platform/log.ts';
import { connectRedis, untilReady } from '../../../../src/platform/redis/connect.ts';
import { freshRedis } from '../../../support/databases.ts';

let redis: Redis;
let soldOut: SoldOut;
let event: string;

beforeAll(async () => {
  redis = connectRedis(await freshRedis(), createLog('silent'));
  await untilReady(redis);
  soldOut = createSoldOut(redis);
});
beforeEach(() => {
  event = newId();
});
afterAll(() => redis.disconnect());

const wish = (key: string | null, ...ticketTypeIds: string[]) => ({ key, ticketTypeIds });

test('lets everybody through until a type they want is marked', async () => {
  const wishes = [wish('a', 'gold'), wish(null, 'silver'), wish('b', 'gold', 'silver'), wish('c', 'bronze')];
  expect(await soldOut.screen(event, wishes)).toEqual([false, false, false, false]);
  await soldOut.mark(event, ['silver']);
  const others = [wish('d', 'gold'), wish(null, 'silver'), wish('e', 'gold', 'silver'), wish('f', 'bronze')];
  expect(await soldOut.screen(event, others)).toEqual([false, true, true, false]);
  await soldOut.clear(event, ['silver']);
  expect(await soldOut.screen(event, others)).toEqual([false, false, false, false]);
});

test('lets a repeat of whoever was let through pass the mark, and nobody else', async () => {
  await soldOut.screen(event, [wish('early', 'gold'), wish(null, 'gold')]);
  await soldOut.mark(event, ['gold']);
  const wishes = [wish('early', 'gold'), wish('late', 'gold'), wish(null, 'gold')];
  expect(await soldOut.screen(event, wishes)).toEqual([false, true, true]);
  // Who was refused has not been let through: asking again does not help.
  expect(await soldOut.screen(event, wishes)).toEqual([false, true, true]);
});

test('keeps events apart', async () => {
  const other = newId();
  await soldOut.screen(other, [wish('a', 'gold')]);
  await soldOut.mark(event, ['gold']);
  expect(await soldOut.screen(other, [wish('b', 'gold')])).toEqual([false]);
  expect(await soldOut.screen(event, [wish('a', 'gold')])).toEqual([true]);
});

test('forgets marks and keys by itself', async () => {
  await soldOut.screen(event, [wish('a', 'gold')]);
  await soldOut.mark(event, ['gold']);
  for (const key of await redis.keys(`*${event}*`)) {
    const livesMs = await redis.pttl(key);
    expect(livesMs).toBeGreaterThan(0);
    expect(livesMs).toBeLessThanOrEqual(120_000);
  }
  await expect.poll(() => soldOut.screen(event, [wish(null, 'gold')]), { timeout: 10_000 }).toEqual([false]);
});

test('looks at a whole line in one step', async () => {
  await soldOut.mark(event, ['gold']);
  const wishes = Array.from({ length: 500 }, (_, call) => wish(`caller ${call}`, call % 5 === 0 ? 'silver' : 'gold'));
  const before = await scriptsRun();
  expect(await soldOut.screen(event, wishes)).toEqual(wishes.map(({ ticketTypeIds: [type] }) => type === 'gold'));
  expect((await scriptsRun()) - before).toBeLessThanOrEqual(1);
});

const scriptsRun = async (): Promise<number> => {
  const stats = await redis.info('commandstats');
  return Number(/cmdstat_evalsha:calls=(\d+)/.exec(stats)?.[1] ?? 0);
};
