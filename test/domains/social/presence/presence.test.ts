import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { View } from '../../../../src/domains/social/presence/view.rules.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { ask, call, connect, http, type Person, register } from '../../../support/people.ts';
import { until } from '../../../support/until.ts';

let cluster: Cluster;
let database: Database;
const open: Socket[] = [];

beforeAll(async () => {
  const databaseUrl = await freshDatabase();
  database = openDatabase(databaseUrl, 2);
  cluster = await startCluster({ databaseUrl, redisUrl: await freshRedis() });
}, 60_000);

afterAll(async () => {
  for (const socket of open) socket.disconnect();
  await cluster?.stop();
  await database?.$disconnect();
});

const node = (place: number): string => cluster.nodes[place]?.url ?? '';
const people = (count: number): Promise<Person[]> =>
  Promise.all(Array.from({ length: count }, () => register(node(0))));

const online = async (person: Person, place = 0): Promise<Socket> => {
  const socket = connect(node(place), person);
  open.push(socket);
  await new Promise<void>((resolve) => socket.once('session.ready', () => resolve()));
  return socket;
};

const befriend = (one: Person, other: Person) =>
  database.friendship.create({
    data: { id: newId(), requesterId: one.id, addresseeId: other.id, status: 'ACCEPTED', respondedAt: new Date() },
  });

const watch = async (socket: Socket, ...subjects: Person[]): Promise<View[]> => {
  const { users } = await ask<{ users: View[] }>(socket, 'presence.watch', { userIds: subjects.map(({ id }) => id) });
  return users;
};

/** What a watcher knows of somebody, kept up by the signal alone. */
const follow = async (socket: Socket, ...subjects: Person[]) => {
  const seen = new Map<string, View>();
  const frames: number[] = [];
  socket.on('presence.changed', ({ changes }: { changes: View[] }) => {
    frames.push(performance.now());
    for (const change of changes) seen.set(change.userId, change);
  });
  if (subjects.length > 0) for (const view of await watch(socket, ...subjects)) seen.set(view.userId, view);
  return {
    frames,
    of: ({ id }: Person): View | undefined => seen.get(id),
    until: ({ id }: Person, status: View['status'], withinMs = 5_000) =>
      until(() => seen.get(id)?.status === status, { withinMs, what: status }),
  };
};

test.concurrent('a friend on another node is seen to come, to be busy, and to go after the grace', {
  timeout: 30_000,
}, async () => {
  const [ann, ben] = (await people(2)) as [Person, Person];
  await befriend(ann, ben);
  const watcher = await online(ann);
  const seen = await follow(watcher, ben);
  expect(seen.of(ben)).toEqual({ userId: ben.id, status: 'OFFLINE', lastSeenAt: null });
  const socket = await online(ben, 1);
  await seen.until(ben, 'ONLINE');
  await ask(socket, 'presence.set', { status: 'BUSY' });
  await seen.until(ben, 'BUSY');
  socket.disconnect();
  const leftAt = performance.now();
  await seen.until(ben, 'OFFLINE', 12_000);
  const tookMs = performance.now() - leftAt;
  expect(tookMs).toBeGreaterThan(7_900);
  expect(tookMs).toBeLessThan(11_000);
  expect(Date.parse(seen.of(ben)?.lastSeenAt ?? '')).toBeLessThan(Date.now() - 7_000);
  expect(await watch(watcher, ben)).toEqual([seen.of(ben)]);
});

test.concurrent('who comes back within the grace was never gone (H3)', { timeout: 30_000 }, async () => {
  const [ann, ben] = (await people(2)) as [Person, Person];
  await befriend(ann, ben);
  const first = await online(ben, 1);
  const watcher = await online(ann);
  const seen = await follow(watcher, ben);
  await seen.until(ben, 'ONLINE');
  first.disconnect();
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  await online(ben, 0);
  // Long past the time at which the first connection would have made them offline.
  await new Promise((resolve) => setTimeout(resolve, 9_000));
  expect(seen.frames.length).toBeLessThanOrEqual(1);
  expect(seen.of(ben)?.status).toBe('ONLINE');
});

test.concurrent('strangers, the invisible and those who block are all as if they were not here (H5, H6)', async () => {
  const [ann, ben, dan, eve] = (await people(4)) as [Person, Person, Person, Person];
  await Promise.all([befriend(ann, ben), befriend(ann, dan)]);
  await Promise.all([online(ben, 1), online(dan, 1), online(eve, 1)]);
  const watcher = await online(ann);
  const seen = await follow(watcher, ben, dan, eve);
  await Promise.all([seen.until(ben, 'ONLINE'), seen.until(dan, 'ONLINE')]);
  const nobody = { status: 'OFFLINE', lastSeenAt: null };
  expect(seen.of(eve)).toEqual({ userId: eve.id, ...nobody });
  // On another node than the watcher's.
  const blocker = await online(ben, 1);
  const askedAt = performance.now();
  await ask(blocker, 'block.add', { userId: ann.id, kind: 'BLOCK' });
  await seen.until(ben, 'OFFLINE');
  expect(performance.now() - askedAt).toBeLessThan(3_000);
  expect(seen.of(ben)).toEqual({ userId: ben.id, ...nobody });
  await ask(await online(dan, 1), 'presence.setAudience', { audience: 'NOBODY' });
  await seen.until(dan, 'OFFLINE');
  expect(seen.of(dan)).toEqual({ userId: dan.id, ...nobody });
});

test.concurrent('who becomes invisible looks as if they had left, and stays so over a new connection', {
  timeout: 20_000,
}, async () => {
  const [ann, ben] = (await people(2)) as [Person, Person];
  await befriend(ann, ben);
  const socket = await online(ben, 1);
  const watcher = await online(ann);
  const seen = await follow(watcher, ben);
  await seen.until(ben, 'ONLINE');
  await ask(socket, 'presence.set', { status: 'INVISIBLE' });
  await seen.until(ben, 'OFFLINE');
  const told = seen.of(ben);
  expect(told?.lastSeenAt).not.toBeNull();
  const count = seen.frames.length;
  socket.disconnect();
  const again = await online(ben, 0);
  expect(await watch(watcher, ben)).toEqual([told]);
  expect(await ask(again, 'presence.mine')).toEqual({ status: 'INVISIBLE', audience: 'CONTACTS' });
  expect(seen.frames.length).toBe(count);
  await ask(again, 'presence.set', { status: 'ONLINE' });
  await seen.until(ben, 'ONLINE');
});

test.concurrent('members of a watched chat are followed without being asked for, as long as they are members', async () => {
  const [ann, ben, dan] = (await people(3)) as [Person, Person, Person];
  const [watcher, own] = [await online(ann), await online(ben, 1)];
  await online(dan, 1);
  const { id: chatId } = await ask<{ id: string }>(watcher, 'chat.open', {
    kind: 'GROUP',
    title: 'three',
    memberIds: [ben.id, dan.id],
  });
  const seen = await follow(watcher);
  await ask(watcher, 'room.watch', { room: `chat:${chatId}` });
  await Promise.all([seen.until(ben, 'ONLINE'), seen.until(dan, 'ONLINE')]);
  const { count, sample } = await ask<{ count: number; sample: unknown[] }>(watcher, 'presence.room', {
    room: `chat:${chatId}`,
  });
  expect({ count, shown: sample.length }).toEqual({ count: 3, shown: 3 });
  await ask(own, 'chat.leave', { chatId });
  await seen.until(ben, 'OFFLINE');
  expect(seen.of(dan)?.status).toBe('ONLINE');
});

test.concurrent('friends who are here are listed, the latest active first', async () => {
  const friends = (await people(4)) as [Person, Person, Person, Person];
  const [ann, ben, dan, eve] = friends;
  await Promise.all([ben, dan, eve].map((friend) => befriend(ann, friend)));
  await online(ben, 1);
  await ask(await online(dan, 0), 'presence.set', { status: 'AWAY' });
  const list = () => http(`${node(0)}/v1/me/friends/presence?limit=1`, { token: ann.token });
  const { body } = await until(async () => {
    const answer = await list();
    return (answer.body.counts as { away: number } | undefined)?.away === 1 ? answer : null;
  });
  expect(body).toMatchObject({ items: [{ userId: dan.id, status: 'AWAY' }], counts: { online: 1, away: 1 } });
  const next = await http(`${node(0)}/v1/me/friends/presence?limit=1&cursor=${body.nextCursor}`, { token: ann.token });
  expect(next.body).toMatchObject({ items: [{ userId: ben.id, status: 'ONLINE' }], nextCursor: null });
});

test.concurrent('a connection follows 1,000 people and no more, and what is not well formed is refused by name', async () => {
  const [ann] = (await people(1)) as [Person];
  const watcher = await online(ann);
  for (let part = 0; part < 5; part += 1) {
    await ask(watcher, 'presence.watch', { userIds: Array.from({ length: 200 }, newId) });
  }
  expect(await call(watcher, 'presence.watch', { userIds: [newId()] })).toMatchObject({ error: { code: 'CONFLICT' } });
  const tooMany = await call(watcher, 'presence.watch', { userIds: Array.from({ length: 201 }, newId) });
  expect(tooMany).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'userIds' }] } });
  expect(await ask(watcher, 'presence.unwatch')).toEqual({ watching: 0 });
});
