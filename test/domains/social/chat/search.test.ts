import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

interface Found {
  items: { chatId: string; seq: number; body: string; editedAt?: string }[];
  nextCursor: string | null;
  people: { userId: string }[];
}

let world: World;
let [ann, bob, cat] = ['', '', ''];

beforeAll(async () => {
  world = await openWorld({ nodes: 1 });
  [ann = '', bob = '', cat = ''] = await Promise.all(['ann', 'bob', 'cat'].map(register));
});
afterAll(() => world?.close());

const register = async (username: string): Promise<string> => {
  const id = newId();
  const profile = { create: { firstName: username, lastName: 'Other' } };
  await world.database.user.create({
    data: { id, email: `${username}@example.org`, username, password: 'x', profile },
  });
  return id;
};
const group = async (owner: string, memberIds: string[]): Promise<string> => {
  const { id } = await world.ask<{ id: string }>(owner, 'chat.open', { kind: 'GROUP', memberIds, title: 'Talk' });
  return id;
};
const search = (userId: string, input: object): Promise<Found> => world.ask<Found>(userId, 'chat.search', input);
const bodies = async (userId: string, input: object): Promise<string[]> =>
  (await search(userId, input)).items.map(({ body }) => body);

test('finds words in all my chats, newest first, and in nobody else’s', async () => {
  const [mine, alsoMine, foreign] = [await group(ann, [bob]), await group(bob, [ann]), await group(bob, [cat])];
  await say(world, ann, mine, 'The rendezvous is at noon');
  await say(world, bob, alsoMine, 'Which rendezvous?');
  await say(world, cat, foreign, 'A secret rendezvous');
  await say(world, ann, mine, 'Nothing of the kind');
  await Promise.all([mine, alsoMine, foreign].map((chatId) => world.store(chatId)));
  const found = await search(ann, { words: 'Rendezvous' });
  expect(found.items.map(({ body }) => body)).toEqual(['Which rendezvous?', 'The rendezvous is at noon']);
  expect(found.people.map(({ userId }) => userId).sort()).toEqual([ann, bob].sort());
  expect(await bodies(ann, { words: 'rendezvous', chatId: mine })).toEqual(['The rendezvous is at noon']);
  expect(await bodies(cat, { words: 'rendezvous' })).toEqual(['A secret rendezvous']);
  expect(codeOf(await world.call(ann, 'chat.search', { words: 'rendezvous', chatId: foreign }))).toBe('NOT_FOUND');
});

test('what was deleted is not shown, and what was edited as it reads now, stored or not', async () => {
  const chatId = await group(ann, [bob]);
  const first = await say(world, ann, chatId, 'umbrella one');
  const second = await say(world, ann, chatId, 'umbrella two');
  const third = await say(world, bob, chatId, 'umbrella three');
  await world.store(chatId);
  await world.ask(ann, 'chat.delete', { chatId, seq: first.seq });
  await world.ask(ann, 'chat.edit', { chatId, seq: second.seq, body: 'umbrella edited' });
  expect(await bodies(bob, { words: 'umbrella' })).toEqual(['umbrella three', 'umbrella edited']);
  await world.store(chatId);
  expect(await bodies(bob, { words: 'umbrella' })).toEqual(['umbrella three', 'umbrella edited']);
  await world.ask(bob, 'chat.delete', { chatId, seq: third.seq });
  expect(await bodies(ann, { words: 'umbrella' })).toEqual(['umbrella edited']);
});

test('who joins finds what was said before, who left finds nothing more', async () => {
  const chatId = await group(ann, [bob]);
  await say(world, ann, chatId, 'perihelion');
  await world.store(chatId);
  expect(await bodies(cat, { words: 'perihelion' })).toEqual([]);
  await world.ask(ann, 'chat.addMembers', { chatId, userIds: [cat] });
  expect(await bodies(cat, { words: 'perihelion' })).toEqual(['perihelion']);
  await world.ask(ann, 'chat.removeMember', { chatId, userId: cat });
  expect(await bodies(cat, { words: 'perihelion' })).toEqual([]);
  expect(codeOf(await world.call(cat, 'chat.search', { words: 'perihelion', chatId }))).toBe('NOT_FOUND');
});

test('pages show each message once, newest first, also while people talk', async () => {
  const chats = [await group(ann, [bob]), await group(ann, [cat])];
  const said: string[] = [];
  for (let n = 0; n < 17; n += 1) said.unshift((await say(world, ann, chats[n % 2] ?? '', `syzygy ${n}`)).id);
  await Promise.all(chats.map((chatId) => world.store(chatId)));
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await world.ask<{ items: { id: string }[]; nextCursor: string | null }>(ann, 'chat.search', {
      ...{ words: 'syzygy', limit: 5, ...(cursor ? { cursor } : {}) },
    });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor ?? undefined;
    await say(world, bob, chats[0] ?? '', 'syzygy again');
    await world.store(chats[0] ?? '');
  } while (cursor);
  expect(seen).toEqual(said);
});
