import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import type { Followed, RoomListener } from '../../../src/platform/rooms/followed.ts';
import { logKey, metaKey } from '../../../src/platform/rooms/keys.ts';
import { freshRedis } from '../../support/databases.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';
import { until } from '../../support/until.ts';
import { createRoomWorld, newRoom } from './room-world.ts';

const world = createRoomWorld();
let redisUrl: string;

beforeAll(async () => {
  redisUrl = await freshRedis();
});
afterAll(() => world.close());

const draft = (body: string) => ({ id: newId(), signal: 'test.said', data: { body } });

/** Listens to a followed room and keeps what it heard. */
const listen = (followed: Followed) => {
  const heard: string[] = [];
  let resets = 0;
  const listener: RoomListener = {
    onEntry: ({ json }) => heard.push((JSON.parse(json) as { data: { body: string } }).data.body),
    onDurable: () => undefined,
    onReset: () => {
      resets += 1;
    },
    onEphemera: () => undefined,
    onRecheck: () => undefined,
  };
  followed.listener = listener;
  return { heard, resets: () => resets };
};

test('shows two nodes one order of what three others append over a slow network', async () => {
  const room = newRoom();
  const proxy = await tcpProxy(redisUrl, 50);
  const [a, b, ...publishers] = await Promise.all([1, 2, 3, 4, 5].map(() => world.node(proxy.url)));
  if (!a || !b) throw new Error('no observers');
  const first = listen(await a.feed.follow(room));
  const second = listen(await b.feed.follow(room));
  await Promise.all(
    publishers.map(async ({ log }, publisher) => {
      for (let batch = 0; batch < 20; batch += 1) {
        await Promise.all(
          Array.from({ length: 50 }, (_, n) => log.append(room, draft(`${publisher}:${batch * 50 + n}`))),
        );
      }
    }),
  );
  await until(() => first.heard.length === 3_000 && second.heard.length === 3_000);
  expect(second.heard).toEqual(first.heard);
  expect(new Set(first.heard).size).toBe(3_000);
  await proxy.stop();
});

test('misses nothing that is appended while a node begins to follow', async () => {
  const proxy = await tcpProxy(redisUrl, 20);
  const [watcher, publisher] = [await world.node(proxy.url), await world.node(redisUrl)];
  for (let round = 0; round < 20; round += 1) {
    const room = newRoom();
    await publisher.log.append(room, draft('before'));
    const [{ followed, start }] = await Promise.all([
      watcher.feed.follow(room).then((opened) => ({ followed: opened, start: opened.seq })),
      (async () => {
        for (let n = 0; n < 20; n += 1) await publisher.log.append(room, draft(String(n)));
      })(),
    ]);
    await until(() => followed.seq === 21, { what: `round ${round}: the last entry` });
    const heard = followed.ring.between(start, 21);
    expect(heard?.map(({ seq }) => seq)).toEqual(Array.from({ length: 21 - start }, (_, n) => start + n + 1));
  }
  await proxy.stop();
});

test('fills from the log what was published while its subscription was cut', async () => {
  const room = newRoom();
  const proxy = await tcpProxy(redisUrl);
  const [watcher, publisher] = [await world.node(proxy.url), await world.node(redisUrl)];
  const { heard } = listen(await watcher.feed.follow(room));
  const expected = Array.from({ length: 400 }, (_, n) => String(n));
  for (const body of expected) {
    await publisher.log.append(room, draft(body));
    if (body === '100' || body === '250') proxy.cut();
  }
  await until(() => heard.length >= expected.length, { what: 'all entries' });
  expect(heard).toEqual(expected);
  await proxy.stop();
});

test('looks again soon when the log could not be read right after a cut', async () => {
  const room = newRoom();
  const proxy = await tcpProxy(redisUrl);
  const [watcher, publisher] = [await world.node(proxy.url), await world.node(redisUrl)];
  const followed = await watcher.feed.follow(room);
  const { heard } = listen(followed);
  const { heal } = followed;
  let refused = 0;
  followed.heal = () => {
    refused += 1;
    return refused < 3 ? Promise.reject(new Error('the log is away')) : heal();
  };
  proxy.cut();
  await publisher.log.append(room, draft('meanwhile'));
  await until(() => refused > 0, { what: 'the subscription to come back' });
  await until(() => heard.length === 1 && refused > 2, { what: 'the entry' });
  await proxy.stop();
});

test('heals a lost publication as soon as the next one shows the hole', async () => {
  const room = newRoom();
  const [watcher, publisher] = [await world.node(redisUrl), await world.node(redisUrl)];
  const followed = await watcher.feed.follow(room);
  const { heard } = listen(followed);
  const { hear } = followed;
  let swallowed = 0;
  followed.hear = (publication) => {
    if (publication.entry && publication.entry.seq % 3 === 0) swallowed += 1;
    else hear(publication);
  };
  for (let n = 1; n <= 100; n += 1) await publisher.log.append(room, draft(String(n)));
  await until(() => heard.length === 100);
  expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => String(n + 1)));
  expect(swallowed).toBe(33);
  expect(watcher.gaps()).toBeGreaterThan(0);
});

test('keeps a watermark that is announced while it heals', async () => {
  const room = newRoom();
  const [watcher, publisher] = [await world.node(redisUrl), await world.node(redisUrl)];
  await publisher.log.append(room, draft('one'));
  const followed = await watcher.feed.follow(room);
  const healed = followed.heal();
  followed.hear({ epoch: followed.epoch, durable: 1 });
  await healed;
  expect(followed.durable).toBe(1);
});

test('tells a new epoch as a new start', async () => {
  const room = newRoom();
  const [watcher, publisher] = [await world.node(redisUrl), await world.node(redisUrl)];
  await publisher.log.append(room, draft('old'));
  const followed = await watcher.feed.follow(room);
  const { resets } = listen(followed);
  const { epoch } = followed;
  await publisher.redis.hset(metaKey(room), 'i', 'another-process');
  await publisher.log.append(room, draft('new'));
  await until(() => resets() === 1);
  expect(followed.epoch).not.toBe(epoch);
});

test('forgets what a user may do when an entry changes their standing', async () => {
  const { createGrants } = await import('../../../src/platform/rooms/create-grants.ts');
  const room = newRoom();
  const [watcher, publisher] = [await world.node(redisUrl), await world.node(redisUrl)];
  const grants = createGrants(watcher.feed);
  const userId = newId();
  let loads = 0;
  const load = async () => {
    loads += 1;
    return { role: `load ${loads}` };
  };
  const find = () => grants.find(room, userId, load);
  await Promise.all([find(), find(), find()]);
  expect(await find()).toEqual({ role: 'load 1' });
  await publisher.log.append(room, { ...draft('left'), evicts: [userId] });
  await until(async () => (await find())?.role === 'load 2');
});

test('forgets what users may do when the room starts afresh', async () => {
  const { createGrants } = await import('../../../src/platform/rooms/create-grants.ts');
  const room = newRoom();
  const [watcher, publisher] = [await world.node(redisUrl), await world.node(redisUrl)];
  const grants = createGrants(watcher.feed);
  expect(await grants.find(room, 'ada', async () => 'member')).toBe('member');
  const { epoch } = (await watcher.feed.follow(room)) ?? {};
  await publisher.redis.del(metaKey(room), logKey(room));
  await publisher.log.append(room, draft('new'));
  await until(async () => (await watcher.feed.follow(room)).epoch !== epoch);
  expect(await grants.find(room, 'ada', async () => null)).toBeNull();
});
