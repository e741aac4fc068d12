import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomBatch, RoomHandler } from '../../../src/kernel/domain.ts';
import { type Database, openDatabase, type Transaction } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { connectRedis, untilReady } from '../../../src/platform/redis/connect.ts';
import { persistRooms } from '../../../src/workers/persist/persist-rooms.ts';
import { createRoomWorld, newRoom } from '../../platform/rooms/room-world.ts';
import { freshDatabase, freshRedis } from '../../support/databases.ts';
import { until } from '../../support/until.ts';

const silent = createLog('silent');
const world = createRoomWorld();
let database: Database;
let redisUrl: string;
let node: Awaited<ReturnType<typeof world.node>>;

beforeAll(async () => {
  redisUrl = await freshRedis();
  database = openDatabase(await freshDatabase(), 10);
  await database.$executeRaw`CREATE TABLE stored (room text, seq int, body text, UNIQUE (room, seq), CHECK (body <> 'poison'))`;
  node = await world.node(redisUrl);
});
afterAll(async () => {
  world.close();
  await database.$disconnect();
});

/** Stores bodies in order; fails as told, before or after it has written. */
const handlerThat = (fail: () => void = () => undefined): RoomHandler<Transaction> => ({
  contract: { name: 'test:{id}', summary: 'For tests.' },
  canWatch: async () => true,
  seed: async () => ({ seq: 0, ordinal: 0, recent: [] }),
  persist: async (tx, batches: RoomBatch[]) => {
    for (const { room, entries } of batches) {
      const seqs = entries.map(({ seq }) => seq);
      const bodies = entries.map(({ data }) => (data as { body: string }).body);
      await tx.$executeRaw`INSERT INTO stored SELECT ${room}, * FROM unnest(${seqs}::int[], ${bodies}::text[]) ON CONFLICT DO NOTHING`;
    }
    fail();
  },
});

const startPersister = async (handler: RoomHandler<Transaction>) => {
  const redis = connectRedis(redisUrl, silent);
  await untilReady(redis);
  const rooms = new Map([['test', handler]]);
  const persister = persistRooms({ redis, database, rooms, logger: silent, metrics: createMetrics() });
  return async () => {
    await persister.stop();
    redis.disconnect();
  };
};

const say = (room: string, body: string) => node.log.append(room, { id: newId(), signal: 'test.said', data: { body } });
const bodiesOf = async (room: string) =>
  (await database.$queryRaw<{ body: string }[]>`SELECT body FROM stored WHERE room = ${room} ORDER BY seq`).map(
    ({ body }) => body,
  );
const isDurable = async (room: string) => {
  const { seq, durable } = await node.log.position(room);
  return seq === durable;
};
const bodies = (count: number) => Array.from({ length: count }, (_, n) => `${n}`);

test('stores many rooms in order and tells their followers how far', async () => {
  const rooms = Array.from({ length: 30 }, newRoom);
  const followed = await node.feed.follow(rooms[0] ?? '');
  const stop = await startPersister(handlerThat());
  for (const body of bodies(50)) await Promise.all(rooms.map((room) => say(room, body)));
  await until(async () => (await Promise.all(rooms.map(isDurable))).every(Boolean));
  for (const room of rooms) expect(await bodiesOf(room)).toEqual(bodies(50));
  await until(() => followed.durable === 50);
  await stop();
});

test('loses and doubles nothing when transactions fail before, after and between', async () => {
  const room = newRoom();
  let calls = 0;
  const stop = await startPersister(
    handlerThat(() => {
      calls += 1;
      if (calls % 2 === 1) throw new Error('the database went away');
    }),
  );
  for (const body of bodies(200)) await say(room, body);
  await until(() => isDurable(room), { withinMs: 20_000 });
  expect(await bodiesOf(room)).toEqual(bodies(200));
  expect(calls).toBeGreaterThan(1);
  await stop();
});

test('puts aside what cannot be stored and goes on with the rest of the room and with other rooms', async () => {
  const [bad, good] = [newRoom(), newRoom()];
  for (const body of ['a', 'poison', 'b']) await say(bad, body);
  await say(good, 'c');
  const stop = await startPersister(handlerThat());
  await until(async () => (await isDurable(bad)) && (await isDurable(good)));
  expect(await bodiesOf(bad)).toEqual(['a', 'b']);
  expect(await bodiesOf(good)).toEqual(['c']);
  const letters = await database.deadLetter.findMany({ where: { source: 'room' } });
  expect(letters).toHaveLength(1);
  expect(letters[0]?.reference).toMatch(new RegExp(`^${bad}#.+#2$`));
  await stop();
});

test('shares the rooms among workers, each entry stored once', async () => {
  const rooms = Array.from({ length: 20 }, newRoom);
  const stops = await Promise.all([1, 2, 3].map(() => startPersister(handlerThat())));
  for (const body of bodies(60)) await Promise.all(rooms.map((room) => say(room, body)));
  await until(async () => (await Promise.all(rooms.map(isDurable))).every(Boolean), { withinMs: 20_000 });
  for (const room of rooms) expect(await bodiesOf(room)).toEqual(bodies(60));
  await Promise.all(stops.map((stop) => stop()));
});
