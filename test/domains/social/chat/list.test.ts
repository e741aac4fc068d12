import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeChat, makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

let world: World;
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await openWorld({ nodes: 1 });
  [ann = '', bob = ''] = await makeUsers(world.database, 2);
});

afterAll(() => world.close());

interface Summary {
  id: string;
  title: string | null;
  peer: { userId: string; firstName: string } | null;
  lastMessage: { body: string } | null;
  unread: number;
  updatedAt: string;
  position: { epoch: string; seq: number } | null;
}

const list = (page: object = {}) => world.ask<{ items: Summary[]; nextCursor: string | null }>(ann, 'chat.list', page);

describe('chat.list', () => {
  test('shows each chat as its log has it now, newest activity first', async () => {
    const [quiet, busy] = [await world.makeChat([bob, ann]), await world.makeChat([bob, ann])];
    const fresh = await makeChat(world.database, [bob, ann]);
    await say(world, bob, quiet, 'earlier');
    await world.store(quiet);
    await say(world, bob, busy, 'hello');
    const { seq } = await say(world, bob, busy, 'are you there?');
    await world.ask(bob, 'chat.edit', { chatId: busy, seq, body: 'are you here?' });
    const { items } = await list();
    expect(items.map(({ id }) => id)).toEqual([busy, quiet, fresh]);
    expect(items).toMatchObject([
      { unread: 2, lastMessage: { body: 'are you here?', ordinal: 2 }, position: { seq: 3 }, peer: null },
      { unread: 1, lastMessage: { body: 'earlier' }, position: { seq: 1 } },
      { unread: 0, lastMessage: null, position: null },
    ]);
    await world.store(busy);
    expect((await list()).items).toEqual(items);
  });

  test('names the other one of a direct chat', async () => {
    const chat = await world.ask<{ id: string }>(bob, 'chat.open', { kind: 'DIRECT', memberIds: [ann] });
    const { items } = await list();
    expect(items.find(({ id }) => id === chat.id)).toMatchObject({
      title: null,
      peer: { userId: bob, firstName: 'First1' },
    });
  });

  test('goes through many chats in pages, each once', async () => {
    const chatIds: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const chatId = await world.makeChat([ann, bob]);
      await say(world, bob, chatId, `no. ${index}`);
      await world.store(chatId);
      chatIds.unshift(chatId);
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: { items: Summary[]; nextCursor: string | null } = await list({
        limit: 3,
        ...(cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(seen.slice(0, 7)).toEqual(chatIds);
    expect(new Set(seen).size).toBe(seen.length);
  });

  test('refuses a cursor that it has not given', async () => {
    for (const cursor of ['x', '1_2', '9999999999999999_x', "1_'; DROP TABLE chats"]) {
      expect(codeOf(await world.call(ann, 'chat.list', { cursor }))).toBe('INVALID_INPUT');
    }
  });
});
