import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { until } from '../../support/until.ts';
import { makeUsers } from './support/rows.ts';
import { codeOf, openWorld, say, type World } from './support/world.ts';

let world: World;
let ada: string;
let bob: string;
let cleo: string;
/** An id that no account ever had. */
const nobody = newId();

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [ada = '', bob = '', cleo = ''] = await makeUsers(world.database, 3);
});

const block = (by: string, userId: string, more: Record<string, unknown> = {}) =>
  world.ask(by, 'block.add', { userId, ...more });
const openPair = async (): Promise<string> =>
  (await world.ask<{ id: string }>(bob, 'chat.open', { kind: 'DIRECT', memberIds: [ada] })).id;
const chatsOf = async (userId: string): Promise<string[]> =>
  (await world.ask<{ items: { id: string }[] }>(userId, 'chat.list', {})).items.map(({ id }) => id);
/** An answer without what differs from call to call. */
const told = (answer: unknown, id: string): string => JSON.stringify(answer).replaceAll(id, 'ID');

test('who is blocked, and who blocks, find the other as little as an account that is not there (B2)', async () => {
  await block(ada, bob);
  for (const [viewer, other] of [
    [ada, bob],
    [bob, ada],
  ] as const) {
    const asked: [string, (userId: string) => unknown][] = [
      ['profile.find', (userId) => ({ userIds: [userId] })],
      ['chat.open', (userId) => ({ kind: 'DIRECT', memberIds: [userId] })],
      ['chat.open', (userId) => ({ kind: 'GROUP', title: 'A group', memberIds: [cleo, userId] })],
    ];
    for (const [operation, input] of asked) {
      const blocked = await world.call(viewer, operation, input(other));
      const absent = await world.call(viewer, operation, input(nobody));
      expect(told(blocked, other)).toBe(told(absent, nobody));
    }
  }
  expect(codeOf(await world.call(cleo, 'chat.open', { kind: 'DIRECT', memberIds: [ada] }))).toBe('OK');
});

test('a name that begins alike finds nobody between whom a block stands', async () => {
  const username = `ada${ada.slice(-12)}`;
  await world.database.user.update({ where: { id: ada }, data: { username } });
  const found = async (viewer: string) =>
    (await world.ask<{ items: { id: string }[] }>(viewer, 'profile.find', { username })).items.map(({ id }) => id);
  expect(await found(bob)).toContain(ada);
  await block(ada, bob);
  expect(await found(bob)).not.toContain(ada);
  expect(await found(cleo)).toContain(ada);
});

test('the chat of the two goes from who blocks, on every node; the other writes on and is told nothing (B1)', async () => {
  const chatId = await openPair();
  const room = `chat:${chatId}`;
  await Promise.all([0, 1].map((node) => world.ask(ada, 'chat.send', { chatId, clientId: newId(), body: 'hi' }, node)));
  await say(world, bob, chatId, 'hello');
  const before = await world.log(room);
  await block(ada, bob);
  await until(async () => !(await chatsOf(ada)).includes(chatId));
  const tries = () =>
    Promise.all(
      [0, 1].map((node) => world.call(ada, 'chat.send', { chatId, clientId: newId(), body: 'still?' }, node)),
    );
  await until(async () => (await tries()).every((answer) => codeOf(answer) === 'NOT_FOUND'));
  const added = (await world.log(room)).slice(before.length);
  // What ada still said while her nodes were told is all there is: no entry tells of the block.
  expect(added.every(({ signal }) => signal === 'chat.sent')).toBe(true);

  await say(world, bob, chatId, 'are you there?');
  expect(await chatsOf(bob)).toContain(chatId);
  const seen = await world.ask<{ memberCount: number; members: { userId: string }[] }>(bob, 'chat.get', { chatId });
  expect(seen.memberCount).toBe(2);
  expect(seen.members.map(({ userId }) => userId).sort()).toEqual([ada, bob].sort());
  expect(codeOf(await world.call(ada, 'chat.history', { chatId }))).toBe('NOT_FOUND');
  await until(async () => (await world.log(`user:${ada}`)).at(-1)?.signal === 'chat.memberLeft');
});

test('with the block the chat comes back, with what was said meanwhile as read', async () => {
  const chatId = await openPair();
  await block(ada, bob);
  await until(async () => !(await chatsOf(ada)).includes(chatId));
  await say(world, bob, chatId, 'are you there?');
  expect(await world.ask(ada, 'block.remove', { userId: bob })).toEqual({ removed: true });
  await until(async () => (await chatsOf(ada)).includes(chatId));
  const { items } = await world.ask<{ items: { id: string; unread: number }[] }>(ada, 'chat.list', {});
  expect(items.find(({ id }) => id === chatId)?.unread).toBe(0);
  expect((await say(world, ada, chatId, 'now I am')).duplicate).toBe(false);
  expect(await world.ask(ada, 'block.remove', { userId: bob })).toEqual({ removed: false });
});

test('a block ends friendship and follows, and taking it back restores neither', async () => {
  await world.database.friendship.create({ data: { requesterId: ada, addresseeId: bob, status: 'ACCEPTED' } });
  await world.database.follow.create({ data: { followerId: bob, followeeId: ada } });
  await block(ada, bob);
  const ties = async () =>
    (await world.database.friendship.count({ where: { OR: [{ requesterId: ada }, { addresseeId: ada }] } })) +
    (await world.database.follow.count({ where: { followeeId: ada } }));
  await until(async () => (await ties()) === 0);
  await world.ask(ada, 'block.remove', { userId: bob });
  expect(await ties()).toBe(0);
});

test('a mute hides nobody, ends by itself, and is seen by nobody (B3)', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
  const chatId = await openPair();
  await block(ada, bob, { kind: 'MUTE', expiresAt: inAnHour, reason: 'too loud' });
  const { items } = await world.ask<{ items: unknown[] }>(ada, 'block.list', {});
  expect(items).toMatchObject([
    { userId: bob, kind: 'MUTE', expiresAt: inAnHour, reason: 'too loud', profile: { id: bob } },
  ]);
  await say(world, bob, chatId, 'hello');
  expect(await chatsOf(ada)).toContain(chatId);
  expect(await world.ask(bob, 'block.list', {})).toEqual({ items: [], nextCursor: null });
  await world.database.block.updateMany({ where: { blockerId: ada }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect(await world.ask(ada, 'block.list', {})).toEqual({ items: [], nextCursor: null });
});

test('two who block each other at once, again and again, end as the last word of each says', async () => {
  const chatId = await openPair();
  for (let round = 0; round < 4; round += 1) {
    await Promise.all([block(ada, bob), block(bob, ada), world.call(ada, 'block.remove', { userId: bob })]);
  }
  await Promise.all([block(ada, bob), block(bob, ada)]);
  await until(async () => (await chatsOf(ada)).length + (await chatsOf(bob)).length === 0);
  await world.ask(bob, 'block.remove', { userId: ada });
  await until(async () => (await chatsOf(bob)).includes(chatId));
  expect(await chatsOf(ada)).toEqual([]);
});

test.each([
  ['oneself', () => ({ userId: ada }), 'userId'],
  ['an end in the past', () => ({ userId: bob, kind: 'MUTE', expiresAt: '2020-01-01T00:00:00.000Z' }), 'expiresAt'],
  ['a block with an end', () => ({ userId: bob, expiresAt: '2099-01-01T00:00:00.000Z' }), 'expiresAt'],
])('%s is refused by name', async (_what, input, field) => {
  const answer = await world.call(ada, 'block.add', input());
  expect(codeOf(answer)).toBe('INVALID_INPUT');
  expect(JSON.stringify(answer)).toContain(`"path":"${field}"`);
  expect(await world.database.block.count({ where: { blockerId: ada } })).toBe(0);
});

test('nobody can be blocked who never had an account', async () => {
  expect(codeOf(await world.call(ada, 'block.add', { userId: nobody }))).toBe('NOT_FOUND');
});
