import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import { partitionOf, partitionPrefix } from '../../../../src/platform/rooms/keys.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, type History, openWorld, say, type World } from '../support/world.ts';

let world: World;
let users: string[];
let chatId: string;
let seq: number;

beforeAll(async () => {
  world = await openWorld();
  users = await makeUsers(world.database, 30);
});

beforeEach(async () => {
  chatId = await world.makeChat(users);
  seq = (await say(world, user(0), chatId, 'what do you think?')).seq;
});

afterAll(() => world.close());

const user = (index: number): string => users[index] ?? '';
const react = (index: number, emoji: string, node = 0) =>
  world.ask<{ reactions: Record<string, number> }>(user(index), 'chat.react', { chatId, seq, emoji }, node);
const unreact = (index: number, emoji: string, node = 0) =>
  world.ask<{ reactions: Record<string, number> }>(user(index), 'chat.unreact', { chatId, seq, emoji }, node);
const reacted = async (): Promise<RoomEntry[]> =>
  (await world.log(`chat:${chatId}`)).filter(({ signal }) => signal === 'chat.reacted');
const totals = async () => (await world.ask<History>(user(0), 'chat.history', { chatId })).items[0];
const forgetInRedis = async (): Promise<void> => {
  const redis = world.assemblies[0]?.platform.redis.log;
  const prefix = `${partitionPrefix(partitionOf(`chat:${chatId}`))}:reactions:chat:${chatId}:${seq}`;
  expect(await redis?.del(`${prefix}:totals`, `${prefix}:reactors`)).toBeGreaterThan(0);
};

describe('chat.react and chat.unreact', () => {
  test('tell the room absolute totals and hide who it was', async () => {
    expect(await react(1, '🔥')).toEqual({ seq, reactions: { '🔥': 1 } });
    expect(await react(2, '🔥')).toMatchObject({ reactions: { '🔥': 2 } });
    expect(await unreact(1, '🔥')).toMatchObject({ reactions: { '🔥': 1 } });
    expect(await reacted()).toMatchObject([
      { data: { seq, reactions: { '🔥': 1 } }, hidden: { changes: [['🔥', user(1), 1]] } },
      { data: { seq, reactions: { '🔥': 2 } } },
      { data: { seq, reactions: { '🔥': 1 } }, hidden: { changes: [['🔥', user(1), 0]] } },
    ]);
  });

  test('add nothing to the log when nothing changes', async () => {
    await react(1, '👍🏽');
    expect(await react(1, '👍🏽', 1)).toMatchObject({ reactions: { '👍🏽': 1 } });
    expect(await unreact(2, '🔥')).toMatchObject({ reactions: { '👍🏽': 1 } });
    expect(await reacted()).toHaveLength(1);
  });

  test('gather a crowd into an entry a tick and node, with none lost and none counted twice', async () => {
    const startedAtMs = performance.now();
    const clicks = users.flatMap((_, index) => [react(index, '🔥', index % 2), react(index, '🎉', (index + 1) % 2)]);
    await Promise.all([...clicks, ...users.map((_, index) => react(index, '🔥', (index + 1) % 2))]);
    const ticks = Math.ceil((performance.now() - startedAtMs) / 250) + 1;
    const entries = await reacted();
    expect(entries.length).toBeLessThanOrEqual(2 * ticks);
    expect(entries.at(-1)?.data).toEqual({ seq, reactions: { '🔥': 30, '🎉': 30 } });
    await world.store(chatId);
    expect(await world.database.messageReaction.count({ where: { chatId } })).toBe(60);
  });

  test('are rebuilt from rows and the end of the log when Redis has lost them', async () => {
    await Promise.all([react(1, '🔥'), react(2, '🔥'), react(3, '🎉')]);
    await world.storeSome(chatId);
    await Promise.all([unreact(2, '🔥'), react(4, '🎉')]);
    await forgetInRedis();
    expect(await react(5, '🔥', 1)).toMatchObject({ reactions: { '🔥': 2, '🎉': 2 } });
    expect(await react(1, '🔥', 1)).toMatchObject({ reactions: { '🔥': 2, '🎉': 2 } });
    await world.store(chatId);
    await forgetInRedis();
    expect(await unreact(1, '🔥')).toMatchObject({ reactions: { '🔥': 1, '🎉': 2 } });
  });

  test('start from what is stored when the room goes on under another epoch', async () => {
    await Promise.all([react(1, '🔥'), react(2, '🔥')]);
    await world.store(chatId);
    const redis = world.assemblies[0]?.platform.redis.log;
    const room = `chat:${chatId}`;
    const prefix = partitionPrefix(partitionOf(room));
    // As if Redis had come back without its last second: the room's log is gone, an older set of reactors is still there.
    await redis?.srem(`${prefix}:reactions:${room}:${seq}:reactors`, `🔥 ${user(1)}`);
    await redis?.hset(`${prefix}:reactions:${room}:${seq}:totals`, '🔥', 1);
    await redis?.del(`${prefix}:meta:${room}`, `${prefix}:log:${room}`);
    expect(await react(3, '🔥')).toMatchObject({ reactions: { '🔥': 3 } });
  });

  test('refuse a 21st emoji, but not more of the twenty', async () => {
    const emoji = Array.from({ length: 20 }, (_, index) => String.fromCodePoint(0x1f600 + index));
    await Promise.all(emoji.map((each) => react(1, each)));
    expect(codeOf(await world.call(user(2), 'chat.react', { chatId, seq, emoji: '🔥' }))).toBe('CONFLICT');
    expect(await react(2, emoji[0] ?? '')).toMatchObject({ reactions: { [emoji[0] ?? '']: 2 } });
    await unreact(1, emoji[1] ?? '');
    expect((await react(2, '🔥')).reactions).toMatchObject({ '🔥': 1 });
  });

  test('refuse what is no single emoji', async () => {
    const wrong = ['', 'a', 'ok', '🔥🔥', '🔥 ', '<b>', '1', '🇧'];
    const answers = await Promise.all(wrong.map((emoji) => world.call(user(1), 'chat.react', { chatId, seq, emoji })));
    expect(answers.map(codeOf)).toEqual(wrong.map(() => 'INVALID_INPUT'));
  });

  test('find nothing to react to where no message stands, whoever reacts beside', async () => {
    const answers = await Promise.all([
      world.call(user(1), 'chat.react', { chatId, seq: 77, emoji: '🔥' }),
      world.call(user(1), 'chat.react', { chatId, seq, emoji: '🔥' }),
    ]);
    expect(answers.map(codeOf)).toEqual(['NOT_FOUND', 'OK']);
  });

  test('vanish with the message', async () => {
    await Promise.all([react(1, '🔥'), react(2, '🎉')]);
    await world.store(chatId);
    await world.ask(user(0), 'chat.delete', { chatId, seq });
    expect(await totals()).toMatchObject({ reactions: {}, mine: [] });
    await world.store(chatId);
    expect(await world.database.messageReaction.count({ where: { chatId } })).toBe(0);
  });

  test('are shown to each with their own', async () => {
    await Promise.all([react(1, '🔥'), react(1, '🎉'), react(2, '🔥')]);
    const mineOf = async (index: number) => {
      const { items } = await world.ask<History>(user(index), 'chat.history', { chatId });
      return items[0]?.mine.toSorted();
    };
    const expected = [[], ['🎉', '🔥'].sort(), ['🔥']];
    expect(await Promise.all([0, 1, 2].map(mineOf))).toEqual(expected);
    await world.store(chatId);
    expect(await Promise.all([0, 1, 2].map(mineOf))).toEqual(expected);
  });
});
