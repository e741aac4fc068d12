import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, say, type World } from '../support/world.ts';

let world: World;
let users: string[];
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
  users = await makeUsers(world.database, 60);
});

beforeEach(async () => {
  chatId = await world.makeChat(users.slice(0, 3));
});

afterAll(() => world.close());

const user = (index: number): string => users[index] ?? '';
const read = (index: number, seq: number, node = 0) =>
  world.ask<{ seq: number }>(user(index), 'chat.read', { chatId, seq }, node);
const readTo = async () => (await world.log(`chat:${chatId}`)).filter(({ signal }) => signal === 'chat.readTo');
const unreadOf = async (index: number): Promise<number | undefined> => {
  const { items } = await world.ask<{ items: { id: string; unread: number }[] }>(user(index), 'chat.list', {});
  return items.find(({ id }) => id === chatId)?.unread;
};
const talk = async (count: number): Promise<void> => {
  for (let said = 0; said < count; said += 1) await say(world, user(0), chatId, `no. ${said}`);
};

describe('chat.read', () => {
  test('moves forward, tells who, and never moves back', async () => {
    await talk(3);
    expect(await read(1, 2)).toEqual({ seq: 2 });
    expect(await read(1, 1, 1)).toEqual({ seq: 2 });
    expect(await read(1, 2, 1)).toEqual({ seq: 2 });
    expect(await readTo()).toMatchObject([{ data: { reads: [{ userId: user(1), seq: 2 }] } }]);
  });

  test('gathers what many read at once into few entries; who wrote the messages has read them', async () => {
    await talk(4);
    const readers = [1, 2, 1, 2, 1, 2, 1, 2, 0].map((index, call) => read(index, 1 + Math.min(call >> 1, 3)));
    await Promise.all(readers);
    const entries = (await readTo()).map(({ data }) => (data as { reads: { userId: string; seq: number }[] }).reads);
    // The first to be looked up may go ahead by itself; the others wait for the tick, in whatever order they came.
    expect(entries.length).toBeLessThanOrEqual(2);
    expect(new Map(entries.flat().map(({ userId, seq }) => [userId, seq]))).toEqual(
      new Map([
        [user(1), 4],
        [user(2), 4],
      ]),
    );
  });

  test('refuses what lies beyond the end, without spoiling what others read', async () => {
    await talk(1);
    const answers = await Promise.all([
      world.call(user(1), 'chat.read', { chatId, seq: 2 }),
      world.call(user(1), 'chat.read', { chatId, seq: 1 }),
      world.call(user(2), 'chat.read', { chatId, seq: 0 }),
      world.call(user(5), 'chat.read', { chatId, seq: 1 }),
    ]);
    expect(answers.map(codeOf)).toEqual(['INVALID_INPUT', 'OK', 'INVALID_INPUT', 'NOT_FOUND']);
    expect(answers[0]).toMatchObject({ error: { issues: [{ path: 'seq' }] } });
  });

  test('goes on from the stored pointer, and from the log’s end, when Redis has lost both', async () => {
    await talk(4);
    await read(1, 3);
    await world.store(chatId);
    const redis = world.assemblies[0]?.platform.redis.log;
    const pointers = async () => (await redis?.keys(`*:pointers:chat:${chatId}`)) ?? [];
    await redis?.del(...(await pointers()));
    expect(await read(1, 2)).toEqual({ seq: 3 });
    await read(2, 4);
    await redis?.del(...(await pointers()));
    expect(await read(2, 1, 1)).toEqual({ seq: 4 });
    expect(await readTo()).toHaveLength(2);
  });

  test('only counts readers in a chat of more than fifty', async () => {
    chatId = await world.makeChat(users.slice(0, 51));
    await talk(1);
    await Promise.all(users.slice(0, 51).map((_, index) => read(index, 1, index % 2)));
    const entries = await readTo();
    const counts = entries.map(({ data }) => (data as { count: number }).count);
    expect(entries.every(({ data }) => !('reads' in (data as object)))).toBe(true);
    // The one who wrote it had read it.
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(50);
    await world.store(chatId);
    expect(await world.database.chatParticipant.count({ where: { chatId, lastReadSeq: 1 } })).toBe(51);
  });

  test('names readers in a chat of fifty', async () => {
    chatId = await world.makeChat(users.slice(0, 50));
    await talk(1);
    await read(7, 1);
    expect((await readTo())[0]?.data).toEqual({ reads: [{ userId: user(7), seq: 1 }] });
  });
});

describe('unread', () => {
  test('counts no message that was deleted, wherever the message and its deletion stand', async () => {
    const seqs: number[] = [];
    for (let n = 0; n < 6; n += 1) seqs.push((await say(world, user(0), chatId, `${n}`)).seq);
    const [stored = 0, half = 0, waiting = 0] = seqs;
    const remove = (seq: number) => world.ask(user(0), 'chat.delete', { chatId, seq });
    await remove(stored);
    await world.store(chatId);
    expect(await unreadOf(1)).toBe(5);
    await remove(half);
    // PostgreSQL knows of this one, and the log says that it may not.
    await world.storeSome(chatId);
    await remove(waiting);
    expect(await unreadOf(1)).toBe(3);
    await world.ask(user(1), 'chat.read', { chatId, seq: seqs[3] });
    expect(await unreadOf(1)).toBe(2);
    await world.store(chatId);
    expect(await unreadOf(1)).toBe(2);
  });

  test('is the arithmetic of ordinals, stored or not', async () => {
    await talk(5);
    expect(await Promise.all([0, 1].map(unreadOf))).toEqual([0, 5]);
    await read(1, 3);
    expect(await unreadOf(1)).toBe(2);
    // Entries that are no messages do not count.
    await world.ask(user(0), 'chat.edit', { chatId, seq: 5, body: 'x' });
    expect(await unreadOf(1)).toBe(2);
    await world.storeSome(chatId, 4);
    expect(await unreadOf(1)).toBe(2);
    await world.store(chatId);
    expect(await Promise.all([0, 1, 2].map(unreadOf))).toEqual([0, 2, 5]);
    await read(2, 7);
    expect(await unreadOf(2)).toBe(0);
  });

  test('is nothing for who has just written', async () => {
    await talk(3);
    await say(world, user(1), chatId, 'me too');
    expect(await Promise.all([0, 1].map(unreadOf))).toEqual([1, 0]);
    await world.store(chatId);
    expect(await Promise.all([0, 1].map(unreadOf))).toEqual([1, 0]);
  });
});

describe('chat.unread', () => {
  const total = (index: number) => world.ask<{ messages: number; chats: number }>(user(index), 'chat.unread', {});

  test('sums what is unread in all chats, without own, read and deleted messages', async () => {
    const reader = 40;
    const [one, two] = [
      await world.makeChat([user(0), user(reader)]),
      await world.makeChat([user(0), user(reader), user(1)]),
    ];
    const said = [];
    for (let count = 0; count < 4; count += 1) said.push(await say(world, user(0), one, `one ${count}`));
    for (let count = 0; count < 3; count += 1) await say(world, user(1), two, `two ${count}`);
    await world.ask(user(0), 'chat.delete', { chatId: one, seq: said[3]?.seq });
    await world.ask(user(reader), 'chat.read', { chatId: one, seq: said[1]?.seq });
    await Promise.all([one, two].map((chat) => world.store(chat)));
    expect(await total(reader)).toEqual({ messages: 4, chats: 2 });
    await say(world, user(reader), two, 'mine');
    await world.store(two);
    expect(await total(reader)).toEqual({ messages: 1, chats: 1 });
    await world.ask(user(reader), 'chat.leave', { chatId: one });
    expect(await total(reader)).toEqual({ messages: 0, chats: 0 });
  });
});

test('chat.get says how far the caller has read, also beyond its first members', async () => {
  chatId = await world.makeChat(users);
  await talk(3);
  await read(58, 2);
  expect(await world.ask(user(58), 'chat.get', { chatId })).toMatchObject({ lastReadSeq: 2 });
  await world.store(chatId);
  expect(await world.ask(user(58), 'chat.get', { chatId })).toMatchObject({ lastReadSeq: 2 });
});
