import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

let world: World;
let owner: string;
let ada: string;
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [owner = '', ada = ''] = await makeUsers(world.database, 2);
  chatId = await world.makeChat([owner, ada]);
});

interface Pins {
  items: { message: { seq: number; body: string }; pinnedBy: string }[];
}
const pin = (by: string, seq: number, operation = 'chat.pin') => world.call(by, operation, { chatId, seq });
const pinned = async (as = ada) =>
  (await world.ask<Pins>(as, 'chat.pins', { chatId })).items.map(({ message }) => message.seq);

test('a message is pinned before it is stored, once, is shown as it reads now, and taken away again', async () => {
  const first = await say(world, ada, chatId, 'one');
  const second = await say(world, ada, chatId, 'two');
  for (const { seq } of [first, second, first]) expect(codeOf(await pin(owner, seq))).toBe('OK');
  expect(await pinned()).toEqual([second.seq, first.seq]);
  await world.ask(ada, 'chat.edit', { chatId, seq: first.seq, body: 'one, better' });
  const { items } = await world.ask<Pins>(ada, 'chat.pins', { chatId });
  expect(items[1]).toMatchObject({ message: { body: 'one, better' }, pinnedBy: owner });
  expect(await pin(owner, first.seq, 'chat.unpin')).toMatchObject({ ok: true, data: { pinned: false } });
  expect(await pinned()).toEqual([second.seq]);
  await until(
    async () => (await world.log(`chat:${chatId}`)).filter(({ signal }) => signal === 'chat.pinned').length === 3,
  );
});

test('a deleted message is pinned no more, and cannot be', async () => {
  const { seq } = await say(world, ada, chatId, 'gone soon');
  await world.store(chatId);
  await pin(owner, seq);
  await world.ask(ada, 'chat.delete', { chatId, seq });
  expect(await pinned()).toEqual([]);
  expect(codeOf(await pin(owner, seq))).toBe('GONE');
  await world.store(chatId);
  expect(await world.database.chatPin.count({ where: { chatId } })).toBe(0);
});

test('the team pins in a group, both in a chat of two, and nobody what is no message', async () => {
  const { seq } = await say(world, ada, chatId, 'mine');
  expect(codeOf(await pin(ada, seq))).toBe('FORBIDDEN');
  expect(codeOf(await pin(owner, seq + 5))).toBe('NOT_FOUND');
  const pair = await world.ask<{ id: string }>(owner, 'chat.open', { kind: 'DIRECT', memberIds: [ada] });
  chatId = pair.id;
  const direct = await say(world, owner, chatId, 'ours');
  expect(codeOf(await pin(ada, direct.seq))).toBe('OK');
});

test('the fifty-first is refused, also when many are pinned at once', async () => {
  const sent = await Promise.all(Array.from({ length: 55 }, (_, place) => say(world, ada, chatId, `no. ${place}`)));
  const answers = await Promise.all(sent.map(({ seq }) => pin(owner, seq)));
  expect(answers.map(codeOf).filter((code) => code === 'OK')).toHaveLength(50);
  expect(answers.map(codeOf).filter((code) => code === 'CONFLICT')).toHaveLength(5);
});
