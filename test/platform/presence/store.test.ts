import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createCounting } from '../../../src/domains/social/presence/counting.ts';
import { newId } from '../../../src/platform/ids.ts';
import { createMetrics } from '../../../src/platform/metrics.ts';
import { ACTIVITY_MS, GRACE_MS, RENEW_MS } from '../../../src/platform/presence/times.ts';
import { freshRedis } from '../../support/databases.ts';
import { createPresenceWorld, type PresenceWorld, type TestNode } from './presence-world.ts';

let world: PresenceWorld;

beforeAll(async () => {
  world = await createPresenceWorld(await freshRedis());
});
beforeEach(() => world.redis.flushdb());
afterAll(() => world.stop());

const WRITES =
  /^cmdstat_(?:set|hset|hsetnx|hdel|hincrby|zadd|zrem|sadd|srem|spop|del|expire|persist|spublish):calls=(\d+)/gm;

const writes = async (): Promise<number> => {
  const found = (await world.redis.info('commandstats')).matchAll(WRITES);
  return [...found].reduce((sum, [, calls]) => sum + Number(calls), 0);
};

const settle = async (nodes: TestNode[]): Promise<void> => {
  for (const node of nodes) {
    await node.renew();
    while (node.devices.waiting() > 0) await node.devices.turn();
    await node.sweeper.turn();
  }
};

test('idle connections, however many, cost no write but what two nodes say of themselves (H7)', async () => {
  const nodes = [world.startNode(), world.startNode()];
  for (let count = 0; count < 1_000; count += 1) nodes[count % 2]?.connect(newId());
  await settle(nodes);
  const before = await writes();
  const seconds = 60;
  for (let half = 0; half < 2 * seconds; half += 1) {
    world.pass(500);
    for (const node of nodes) {
      if (half % (RENEW_MS / 500) === 0) await node.renew();
      await node.devices.turn();
      await node.sweeper.turn();
    }
  }
  // Two leases every two seconds, and one sweeper every second.
  expect((await writes()) - before).toBeLessThanOrEqual(2 * seconds + 5);
});

test('a busy device tells of itself once a minute (H7)', async () => {
  const node = world.startNode();
  const connectionId = node.connect(newId());
  await settle([node]);
  const before = await writes();
  for (let second = 0; second < 120; second += 1) {
    world.pass(1_000);
    node.devices.touch(connectionId);
    await node.devices.turn();
  }
  expect((await writes()) - before).toBe((120 * 1_000) / ACTIVITY_MS);
});

test('a room counts people who are here and do not hide it, once over all nodes, and forgets those of a dead node (H9)', async () => {
  const [one, two] = [world.startNode(), world.startNode()];
  const [ann, ben, dan] = [newId(), newId(), newId()];
  world.chosen.set(dan, 'INVISIBLE');
  for (const userId of [ann, ben, dan]) one.connect(userId);
  two.connect(ann);
  await settle([one, two]);
  const room = `event:${newId()}`;
  const told: unknown[] = [];
  const countingOf = (node: TestNode) =>
    createCounting({
      presence: {
        people: world.store,
        seat: (name, joined, left) => world.store.seat(node.lease.name(), name, { nowMs: world.nowMs(), joined, left }),
      },
      ephemera: { publish: (_room, _signal, data) => told.push(data) },
      metrics: createMetrics(),
    });
  const [onOne, onTwo] = [countingOf(one), countingOf(two)];
  await onOne.count(room, [ann, ben, dan, ann]);
  await onTwo.count(room, [ann]);
  expect(await world.store.countIn(room)).toBe(2);
  expect(told).toEqual([{ count: 2 }]);
  await onOne.count(room, [ben, dan]);
  expect(await world.store.countIn(room)).toBe(2);
  // Whoever becomes visible is counted, and whoever hides is not.
  await world.store.choose(dan, 'ONLINE', world.nowMs());
  await world.store.choose(ben, 'INVISIBLE', world.nowMs());
  for (const userId of [ben, dan]) expect([...onOne.changed(userId)]).toEqual([room]);
  await onOne.count(room, [ben, dan]);
  expect((await world.store.someIn(room, 10)).sort()).toEqual([ann, dan].sort());
  for (let second = 0; second < 12; second += 1) {
    world.pass(1_000);
    await two.renew();
    await two.sweeper.turn();
  }
  expect(await world.store.someIn(room, 10)).toEqual([ann]);
});

test('a choice that was made while a connection registers is not undone by what it had read before', async () => {
  const node = world.startNode();
  const userId = newId();
  await world.store.choose(userId, 'INVISIBLE', world.nowMs());
  // It read ONLINE a moment ago.
  node.connect(userId);
  await settle([node]);
  expect((await world.store.read([userId])).get(userId)).toMatchObject({ isHere: true, chosen: 'INVISIBLE' });
});

test('when somebody was last seen is kept for those who were seen, and for nobody who hid', async () => {
  const node = world.startNode();
  const [ann, dan] = [newId(), newId()];
  world.chosen.set(dan, 'INVISIBLE');
  const connections = [node.connect(ann), node.connect(dan)];
  await settle([node]);
  for (const id of connections) node.disconnect(id);
  await settle([node]);
  const leftAtMs = world.nowMs();
  for (let waitedMs = 0; waitedMs <= GRACE_MS; waitedMs += RENEW_MS) {
    world.pass(RENEW_MS);
    await settle([node]);
  }
  const known = await world.store.read([ann, dan]);
  expect(known.get(ann)).toMatchObject({ isHere: false, leftAtMs });
  expect(known.get(dan)).toMatchObject({ isHere: false, leftAtMs: null });
});
