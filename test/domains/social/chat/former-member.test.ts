import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, type Sent, type World } from '../support/world.ts';

let world: World;
let [ann, bob, cat] = ['', '', ''];
let chatId: string;

beforeAll(async () => {
  world = await openWorld({ nodes: 1 });
  [ann = '', bob = '', cat = ''] = await makeUsers(world.database, 3);
});
beforeEach(async () => {
  chatId = await world.makeChat([ann, bob]);
});
afterAll(() => world?.close());

test('who has left is given the first answer of what is stored, and of nothing else', async () => {
  const said = { chatId, clientId: newId(), body: 'bye' };
  const first = await world.ask<Sent>(bob, 'chat.send', said);
  await world.ask(bob, 'chat.leave', { chatId });
  expect(codeOf(await world.call(bob, 'chat.send', said))).toBe('NOT_FOUND');
  await world.store(chatId);
  const { at: _, ...place } = first;
  expect(await world.ask(bob, 'chat.send', said)).toMatchObject({ ...place, duplicate: true });
  expect(codeOf(await world.call(bob, 'chat.send', { ...said, clientId: newId() }))).toBe('NOT_FOUND');
});

test('a stranger learns nothing of somebody else’s message', async () => {
  const said = { chatId, clientId: newId(), body: 'between us' };
  await world.ask(ann, 'chat.send', said);
  await world.store(chatId);
  const answer = await world.call(cat, 'chat.send', said);
  expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  const nowhere = await world.call(cat, 'chat.send', { ...said, chatId: newId() });
  expect(answer).toEqual(nowhere);
});
