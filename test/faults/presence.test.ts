import { Redis } from 'ioredis';
import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { View } from '../../src/domains/social/presence/view.rules.ts';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { newId } from '../../src/platform/ids.ts';
import { connectionsPrefix, partitionOf } from '../../src/platform/presence/keys.ts';
import { type Cluster, type RallyProcess, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, connect, type Person, register } from '../support/people.ts';
import { until } from '../support/until.ts';

let cluster: Cluster;
let database: Database;
let bus: Redis;

beforeAll(async () => {
  const [databaseUrl, busUrl] = [await freshDatabase(), await freshRedis()];
  database = openDatabase(databaseUrl, 2);
  bus = new Redis(busUrl);
  const environment = { REDIS_BUS_URL: busUrl };
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis(), nodes: 3, environment });
}, 90_000);

afterAll(async () => {
  await cluster?.stop();
  await database?.$disconnect();
  bus?.disconnect();
});

/** Somebody whose client goes to another node when it is told to, or when its own is gone for a while. */
const keepOnline = (person: Person, nodes: RallyProcess[]) => {
  let [place, current] = [0, null as Socket | null];
  const open = async (): Promise<void> => {
    const node = nodes[place % nodes.length];
    const before = current;
    const socket = connect(node?.url ?? '', person);
    current = socket;
    const moveOn = (): void => {
      if (current !== socket) return;
      place += 1;
      void open();
    };
    socket.once('session.drain', moveOn);
    socket.once('disconnect', moveOn);
    socket.once('connect_error', moveOn);
    await new Promise<void>((resolve) => socket.once('session.ready', () => resolve()));
    before?.disconnect();
  };
  const stop = (): void => {
    const last = current;
    current = null;
    last?.disconnect();
  };
  return { open, stop };
};

test('rolling restarts, a killed node, a paused one and an empty Redis leave no ghost, and make nobody one', async () => {
  const [one, two, three] = cluster.nodes as [RallyProcess, RallyProcess, RallyProcess];
  const all = (await Promise.all(Array.from({ length: 4 }, () => register(one.url)))) as [
    Person,
    Person,
    Person,
    Person,
  ];
  const [ann, ben, dan, eve] = all;
  for (const friend of [ben, dan, eve]) {
    await database.friendship.create({
      data: { id: newId(), requesterId: ann.id, addresseeId: friend.id, status: 'ACCEPTED', respondedAt: new Date() },
    });
  }
  const subjects = [ben, dan, eve];
  const told: (View & { atMs: number })[] = [];
  const hear = (socket: Socket) =>
    socket.on('presence.changed', ({ changes }: { changes: View[] }) => {
      for (const change of changes) told.push({ ...change, atMs: performance.now() });
    });
  const watch = async (socket: Socket): Promise<View[]> => {
    hear(socket);
    return (await ask<{ users: View[] }>(socket, 'presence.watch', { userIds: subjects.map(({ id }) => id) })).users;
  };
  const offlineOf = ({ id }: Person) => told.filter(({ userId, status }) => userId === id && status === 'OFFLINE');
  const statusOf = ({ id }: Person) => told.findLast(({ userId }) => userId === id)?.status;

  // The watcher is on a node that does not restart while it looks at those that do.
  const people = [keepOnline(ben, [two, three]), keepOnline(dan, [three, two]), keepOnline(eve, [two, one])];
  await Promise.all(people.map((person) => person.open()));
  const watcher = connect(one.url, ann);
  await new Promise<void>((resolve) => watcher.once('session.ready', () => resolve()));
  const seen = await until(async () => {
    const views = await watch(watcher);
    return views.every(({ status }) => status === 'ONLINE') ? views : null;
  });
  expect(seen).toHaveLength(3);

  for (const node of [three, two]) {
    await node.stop();
    await node.restart();
  }
  expect(told.filter(({ status }) => status === 'OFFLINE')).toEqual([]);

  // Ben and Dan stay where their node ends; Eve's client finds another.
  const [stays, moves] = [connect(three.url, ben), connect(two.url, dan)];
  const paused = keepOnline(eve, [two, one]);
  await Promise.all(
    [stays, moves].map((socket) => new Promise<void>((resolve) => socket.once('session.ready', () => resolve()))),
  );
  await paused.open();
  for (const person of people) person.stop();
  // Registered under the nodes' leases, which they renew every two seconds.
  await new Promise((resolve) => setTimeout(resolve, 2_500));

  const killedAt = performance.now();
  process.kill(two.pid(), 'SIGSTOP');
  await three.kill();
  const [gone] = await until(() => (offlineOf(ben).length > 0 ? offlineOf(ben) : null), { withinMs: 16_000 });
  expect((gone?.atMs ?? 0) - killedAt).toBeGreaterThan(9_000);
  expect((gone?.atMs ?? 0) - killedAt).toBeLessThan(15_000);
  await until(() => offlineOf(dan).length > 0 && statusOf(eve) === 'ONLINE', { withinMs: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, 20_000 - (performance.now() - killedAt))));
  process.kill(two.pid(), 'SIGCONT');
  // The node finds that it was taken for dead, and its connections that it was gone.
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  moves.disconnect();
  await until(() => statusOf(dan) === 'OFFLINE', { withinMs: 12_000 });
  expect(statusOf(eve)).toBe('ONLINE');
  expect(offlineOf(ben)).toHaveLength(1);

  const before = told.length;
  await bus.flushdb();
  const key = connectionsPrefix(partitionOf(eve.id)) + eve.id;
  await until(() => bus.exists(key), { withinMs: 5_000, what: 'that Redis is told again' });
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(told.slice(before)).toEqual([]);
  paused.stop();
  for (const socket of [watcher, stays]) socket.disconnect();
}, 120_000);
