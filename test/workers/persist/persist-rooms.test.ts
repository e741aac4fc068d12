import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RoomBatch, RoomHandler } from '../../../src/kernel/domain.ts';
import { type Database, openDatabase, type Transaction } from '../../../src/platform/db/client.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { connectRedis, untilReady } from '../../../src/platform/redis/connect.ts';
import { dirtyKey, leaseKey, logKey, metaKey, partitionOf } from '../../../src/platform/rooms/keys.ts';
import { createPartitions } from '../../../src/workers/persist/partition.ts';
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

/** Stores bodies in order; fails or waits as told, after it has written. */
const handlerThat = (fail: (rooms: string[]) => void | Promise<void> = () => undefined): RoomHandler<Transaction> => ({
  contract: { name: 'test:{id}', summary: 'For tests.' },
  canWatch: async () => true,
  seed: async () => ({ seq: 0, ordinal: 0, recent: [], unused: true }),
  persist: async (tx, batches: RoomBatch[]) => {
    for (const { room, entries } of batches) {
      const seqs = entries.map(({ seq }) => seq);
      const bodies = entries.map(({ data }) => (data as { body: string }).body);
      await tx.$executeRaw`INSERT INTO stored SELECT ${room}, * FROM unnest(${seqs}::int[], ${bodies}::text[]) ON CONFLICT DO NOTHING`;
    }
    await fail(batches.map(({ room }) => room));
  },
});

const startPersister = async (handler: RoomHandler<Transaction>, metrics = createMetrics()) => {
  const redis = connectRedis(redisUrl, silent);
  await untilReady(redis);
  const rooms = new Map([['test', handler]]);
  const persister = persistRooms({ redis, database, rooms, logger: silent, metrics });
  return async () => {
    await persister.stop();
    redis.disconnect();
  };
};

/** Something to wait for until somebody says so. */
const gate = () => {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

/** A new room of this partition. */
const roomIn = (partition: number): string => {
  for (;;) {
    const room = newRoom();
    if (partitionOf(room) === partition) return room;
  }
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
      if (calls % 2 === 1) throw new Error('Connection terminated unexpectedly');
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

const gaugeOf = async (metric: { get: () => Promise<{ values: { value: number }[] }> }) =>
  (await metric.get()).values[0]?.value;

test('waits, says so and puts nothing aside while a table is not as it must be', async () => {
  const [first, second] = [newRoom(), newRoom()];
  const metrics = createMetrics();
  await database.$executeRaw`ALTER TABLE stored RENAME TO moved`;
  const stop = await startPersister(handlerThat(), metrics);
  await Promise.all([first, second].map((room) => say(room, 'kept')));
  await until(async () => (await gaugeOf(metrics.persistStopped)) === 1);
  await say(first, 'and this');
  await database.$executeRaw`ALTER TABLE moved RENAME TO stored`;
  await until(async () => (await isDurable(first)) && (await isDurable(second)));
  expect([await bodiesOf(first), await bodiesOf(second)]).toEqual([['kept', 'and this'], ['kept']]);
  expect(await gaugeOf(metrics.persistStopped)).toBe(0);
  expect(await database.deadLetter.count({ where: { reference: { startsWith: first } } })).toBe(0);
  await stop();
});

test('stores other rooms while one fails by an unknown fault, and puts nothing aside', async () => {
  const [broken, sound] = [newRoom(), newRoom()];
  let isBroken = true;
  const stop = await startPersister(
    handlerThat((rooms) => {
      if (isBroken && rooms.includes(broken)) throw new TypeError('undefined is not a function');
    }),
  );
  await say(broken, 'kept');
  for (const body of bodies(3)) {
    await say(sound, body);
    await until(() => isDurable(sound));
  }
  expect(await bodiesOf(broken)).toEqual([]);
  isBroken = false;
  await until(() => isDurable(broken), { withinMs: 20_000 });
  expect(await bodiesOf(broken)).toEqual(['kept']);
  expect(await database.deadLetter.count({ where: { reference: { startsWith: broken } } })).toBe(0);
  await stop();
});

test('stores other rooms, of the same partition too, while somebody holds a row of one', async () => {
  const [locked, beside, elsewhere] = [newRoom(), newRoom(), newRoom()];
  const samePartition = roomIn(partitionOf(locked));
  const stop = await startPersister(handlerThat());
  await say(locked, 'before');
  await until(() => isDurable(locked));
  const [held, taken] = [gate(), gate()];
  const holding = database.$transaction(
    async (tx) => {
      // What the next entry's row will collide with.
      await tx.$executeRaw`INSERT INTO stored VALUES (${locked}, 2, 'not yet')`;
      taken.open();
      await held.opened;
      throw new Error('given up');
    },
    { timeout: 60_000 },
  );
  await taken.opened;
  await say(locked, 'waits');
  for (const room of [beside, elsewhere, samePartition]) await say(room, 'goes on');
  for (const room of [beside, elsewhere, samePartition]) await until(() => isDurable(room), { withinMs: 8_000 });
  await say(samePartition, 'and on');
  await until(() => isDurable(samePartition), { withinMs: 4_000 });
  expect(await isDurable(locked)).toBe(false);
  held.open();
  await expect(holding).rejects.toThrow('given up');
  await until(() => isDurable(locked), { withinMs: 20_000 });
  expect(await bodiesOf(locked)).toEqual(['before', 'waits']);
  await stop();
});

test('does not take what another worker has, until its lease has run out', async () => {
  const room = newRoom();
  const redis = connectRedis(redisUrl, silent);
  await untilReady(redis);
  const [one, other] = [createPartitions(redis, newId()), createPartitions(redis, newId())];
  await say(room, 'a');
  const partition = partitionOf(room);
  expect((await one.take(partition, 500, []))?.rooms).toMatchObject([{ room }]);
  expect(await other.take(partition, 500, [])).toBeNull();
  expect(await one.renew(partition)).toBe(true);
  await redis.del(leaseKey(partition));
  expect(await one.renew(partition)).toBe(false);
  expect((await other.take(partition, 500, []))?.rooms).toMatchObject([{ room }]);
  expect(await one.renew(partition)).toBe(false);
  redis.disconnect();
});

test('makes a wholly stored room clean, so that it is not taken again and ends in time', async () => {
  const room = newRoom();
  const stop = await startPersister(handlerThat());
  await say(room, 'a');
  await until(() => isDurable(room));
  await until(async () => (await node.redis.zscore(dirtyKey(partitionOf(room)), room)) === null);
  expect(await node.redis.ttl(metaKey(room))).toBeGreaterThan(0);
  expect(await node.redis.ttl(logKey(room))).toBeGreaterThan(0);
  await stop();
});

test('calls a wholly stored room durable up to where a new epoch goes on', async () => {
  const room = newRoom();
  await say(room, 'a');
  await node.redis.hset(metaKey(room), 'i', 'another-process');
  const { seq, durable } = await node.log.position(room);
  expect(seq).toBeGreaterThan(durable);
  const stop = await startPersister(handlerThat());
  await until(() => isDurable(room));
  expect((await node.log.position(room)).durable).toBe(seq);
  await stop();
});

test('what was stored of one epoch says nothing of the numbers of the next', async () => {
  const room = newRoom();
  const redis = connectRedis(redisUrl, silent);
  await untilReady(redis);
  const partition = partitionOf(room);
  const worker = createPartitions(redis, newId());
  for (const body of ['old 1', 'old 2']) await say(room, body);
  const take = async () => (await worker.take(partition, 500, []))?.rooms.find((each) => each.room === room);
  const taken = await take();
  // Redis comes back without the room, which was made a moment ago: its numbers begin anew.
  await node.redis.del(metaKey(room), logKey(room));
  const { seq } = await say(room, 'new 1');
  expect(seq).toBe(1);
  await worker.finish(partition, [{ room, epoch: taken?.epoch ?? '', seq: 2 }], true);
  expect((await node.log.position(room)).durable).toBe(0);
  expect(await take()).toMatchObject({ entries: [{ seq: 1 }] });
  await worker.finish(partition, [], true);
  redis.disconnect();
});

test('shares the rooms among workers, each entry stored once', async () => {
  const rooms = Array.from({ length: 20 }, newRoom);
  const stops = await Promise.all([1, 2, 3].map(() => startPersister(handlerThat())));
  for (const body of bodies(60)) await Promise.all(rooms.map((room) => say(room, body)));
  await until(async () => (await Promise.all(rooms.map(isDurable))).every(Boolean), { withinMs: 20_000 });
  for (const room of rooms) expect(await bodiesOf(room)).toEqual(bodies(60));
  await Promise.all(stops.map((stop) => stop()));
});

test('stores what is acknowledged under a new epoch while an older one is being stored', async () => {
  const room = newRoom();
  const id = room.slice(5);
  const [held, taken] = [gate(), gate()];
  let isFirst = true;
  const stop = await startPersister(
    handlerThat(async () => {
      if (!isFirst) return;
      isFirst = false;
      taken.open();
      await held.opened;
    }),
  );
  for (const body of ['old 1', 'old 2', 'old 3']) await say(room, body);
  await taken.opened;
  // Redis comes back without the room, of which PostgreSQL knows nothing yet.
  world.stored.set(id, { seq: 0, ordinal: 0, recent: [] });
  await node.redis.del(metaKey(room), logKey(room));
  const acknowledged = [];
  for (const body of ['new 1', 'new 2', 'new 3']) acknowledged.push(await say(room, body));
  held.open();
  await until(() => isDurable(room));
  expect(await bodiesOf(room)).toEqual(['old 1', 'old 2', 'old 3', 'new 1', 'new 2', 'new 3']);
  expect((await node.log.position(room)).durable).toBe(acknowledged.at(-1)?.seq);
  await stop();
});
