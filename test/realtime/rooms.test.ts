import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { partitionOf } from '../../src/platform/rooms/keys.ts';
import { createPartitions } from '../../src/workers/persist/partition.ts';
import { storedRoom } from '../../src/workers/persist/stored-room.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, collect, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
type Node = Awaited<ReturnType<World['startNode']>>;
let world: World;
let one: Node;
let two: Node;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  [one, two] = await Promise.all([world.startNode(), world.startNode()]);
});
afterAll(() => world.stop());

const newRoom = () => `test:${newId()}`;
const draft = (body: unknown, more: object = {}) => ({ id: newId(), signal: 'test.said', data: { body }, ...more });
const data = (answer: Awaited<ReturnType<typeof call>>) => {
  if (!answer.ok) throw new Error(answer.error.message);
  // Safe: the shape is room.watch's.
  return answer.data as {
    epoch: string;
    seq: number;
    mode: string;
    entries: { seq: number; data: { body: string } }[];
  };
};
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);

test('brings every entry to watchers of both nodes in one order, by direct writes', async () => {
  const room = newRoom();
  const sockets = [one, two, one, two].map(({ url }) => world.connect(url));
  const seen = sockets.map((socket) => collect(socket, room));
  for (const socket of sockets) data(await call(socket, 'room.watch', { room }));
  await Promise.all(range(1, 500).map((n) => [one, two][n % 2]?.log.append(room, draft(n))));
  await until(() => seen.every(({ seqs }) => seqs.length === 500));
  for (const { seqs, bodies } of seen) {
    expect(seqs).toEqual(range(1, 500));
    expect(bodies).toEqual(seen[0]?.bodies);
  }
});

test('whose entry was there before they watched is told when it is durable', async () => {
  const room = newRoom();
  const userId = newId();
  const socket = world.connect(one.url, tokenFor(userId));
  const heard: number[] = [];
  socket.on('room.entries', (frame: { room: string; durable: number }) => heard.push(frame.durable));
  await one.log.append(room, draft(1, { by: userId }));
  data(await call(socket, 'room.watch', { room }));
  const partitions = createPartitions(one.redis, newId());
  const taken = await partitions.take(partitionOf(room), 10, []);
  const stored = (taken?.rooms ?? []).filter((each) => each.room === room).map(storedRoom);
  await partitions.finish(partitionOf(room), stored, true);
  await until(() => heard.includes(1));
  socket.disconnect();
});

test('misses and doubles nothing between the answer of a watch and the first frame', async () => {
  for (let round = 0; round < 10; round += 1) {
    const room = newRoom();
    const socket = world.connect(one.url);
    const seen = collect(socket, room);
    const first = await one.log.append(room, draft(1));
    const appending = (async () => {
      for (const n of range(2, 60)) await two.log.append(room, draft(n));
    })();
    const answer = data(await call(socket, 'room.watch', { room, after: { epoch: first.epoch, seq: 0 } }));
    const replayed = answer.entries.map(({ seq }) => seq);
    await appending;
    await until(() => replayed.length + seen.seqs.length >= 60);
    expect([...replayed, ...seen.seqs]).toEqual(range(1, 60));
    socket.disconnect();
  }
});

test('replays from the log what is older than the ring, and tells a gap beyond its bound', async () => {
  const room = newRoom();
  const appended = await Promise.all(range(1, 1_200).map((n) => two.log.append(room, draft(n))));
  const epoch = appended[0]?.epoch ?? '';
  const socket = world.connect(one.url);
  const wide = data(await call(socket, 'room.watch', { room, after: { epoch, seq: 100 } }));
  expect(wide).toMatchObject({ mode: 'gap', seq: 1_200, entries: [] });
  const near = data(await call(socket, 'room.watch', { room, after: { epoch, seq: 300 } }));
  expect(near.mode).toBe('replay');
  expect(near.entries.map(({ seq }) => seq)).toEqual(range(301, 1_200));
  const level = data(await call(socket, 'room.watch', { room, after: { epoch, seq: 1_200 } }));
  expect(level).toMatchObject({ mode: 'live', entries: [] });
  const foreign = data(await call(socket, 'room.watch', { room, after: { epoch: 'another', seq: 1_200 } }));
  expect(foreign.mode).toBe('gap');
});

test('resumes many rooms in one call', async () => {
  const rooms = range(1, 20).map(newRoom);
  const starts = await Promise.all(rooms.map((room) => two.log.append(room, draft('a'))));
  await Promise.all(rooms.map((room) => two.log.append(room, draft('b'))));
  const socket = world.connect(one.url);
  const seen = collect(socket, rooms[7] ?? '');
  const answer = await call(socket, 'room.resume', {
    rooms: rooms.map((room, n) => ({ room, epoch: starts[n]?.epoch, seq: 1 })),
  });
  if (!answer.ok) throw new Error(answer.error.message);
  expect(answer.data).toMatchObject({ rooms: rooms.map((room) => ({ room, mode: 'replay', seq: 2 })) });
  await two.log.append(rooms[7] ?? '', draft('c'));
  await until(() => seen.bodies.includes('c'));
  expect(seen.seqs).toEqual([3]);
});

test('stops a removed user right after the entry that removed them, on every node', async () => {
  const room = newRoom();
  const userId = newId();
  const token = tokenFor(userId);
  const removed = [one, two].map(({ url }) => world.connect(url, token));
  const stays = world.connect(one.url);
  const seen = [...removed, stays].map((socket) => collect(socket, room));
  const left = removed.map((socket) => new Promise((resolve) => socket.once('room.left', resolve)));
  for (const socket of [...removed, stays]) data(await call(socket, 'room.watch', { room }));
  await one.log.append(room, draft('before'));
  await one.log.append(room, draft('removed', { evicts: [userId] }));
  await one.log.append(room, draft('after'));
  await until(() => seen[2]?.bodies.includes('after'));
  expect(await Promise.all(left)).toEqual([
    { room, seq: 2 },
    { room, seq: 2 },
  ]);
  expect(seen.map(({ bodies }) => bodies.at(-1))).toEqual(['removed', 'removed', 'after']);
});

test('tells present watchers ephemera, which take no number', async () => {
  const { createEphemera } = await import('../../src/platform/rooms/ephemera.ts');
  const { connectRedis, untilReady } = await import('../../src/platform/redis/connect.ts');
  const { createLog } = await import('../../src/platform/log.ts');
  const redis = connectRedis(await freshRedis(), createLog('silent'));
  await untilReady(redis);
  const room = newRoom();
  const socket = world.connect(two.url);
  const heard: unknown[] = [];
  socket.on('test.typing', (frame) => heard.push(frame));
  data(await call(socket, 'room.watch', { room }));
  await until(async () => {
    createEphemera(redis).publish(room, 'test.typing', { users: ['ada'] });
    await new Promise((resolve) => setTimeout(resolve, 20));
    return heard.length > 0;
  });
  expect(heard[0]).toEqual({ room, users: ['ada'] });
  redis.disconnect();
});
