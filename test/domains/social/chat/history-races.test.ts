import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeUsers } from '../support/rows.ts';
import { type History, openWorld, say, type World } from '../support/world.ts';

let world: World;
let users: string[];

beforeAll(async () => {
  world = await openWorld();
  users = await makeUsers(world.database, 2);
});

afterAll(() => world.close());

test('a page taken while the first message opens the chat’s log holds all that its position covers', async () => {
  const [writer = '', reader = ''] = users;
  for (let round = 0; round < 40; round += 1) {
    const chatId = await world.makeChat(users);
    const [page] = await Promise.all([
      world.ask<History>(reader, 'chat.history', { chatId }, 1),
      say(world, writer, chatId, 'the very first'),
    ]);
    expect(page.items.map(({ seq }) => seq)).toEqual(page.position.seq === 0 ? [] : [page.position.seq]);
  }
});
