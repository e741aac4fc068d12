import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { logKey, metaKey, SEEN_GENERATION_MS, seenKey } from '../../../../src/platform/rooms/keys.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, type History, openWorld, type Sent, say, type World } from '../support/world.ts';

const FIRE = { emoji: '🔥' };

let world: World;
let ann: string;
let bob: string;
let eve: string;
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
  [ann = '', bob = '', eve = ''] = await makeUsers(world.database, 3);
});

beforeEach(async () => {
  chatId = await world.makeChat([ann, bob]);
});

afterAll(() => world.close());

const history = (userId: string) => world.ask<History>(userId, 'chat.history', { chatId });
const room = () => `chat:${chatId}`;

/** As if all were written longer ago than ids are remembered. */
const forgetIds = async (): Promise<void> => {
  const generation = Math.floor(Date.now() / SEEN_GENERATION_MS);
  const keys = [generation, generation - 1].map((each) => seenKey(room(), each));
  await world.assemblies[0]?.platform.redis.log.del(...keys);
};

describe('chat.send', () => {
  test('appends a counted entry that says what was sent, and answers its place', async () => {
    await say(world, bob, chatId, 'hello?');
    const clientId = newId();
    const answer = await world.ask<Sent>(ann, 'chat.send', { chatId, clientId, body: '\n  hello  \n', replyToSeq: 1 });
    expect(answer).toMatchObject({ seq: 2, duplicate: false });
    const data = { id: answer.id, clientId, body: '  hello', replyToSeq: 1 };
    const [, entry] = await world.log(room());
    expect(entry).toMatchObject({ seq: 2, signal: 'chat.sent', by: ann, ordinal: 2, data });
  });

  test('refuses a reply to a message that is not there yet, and answers its repeat once it is', async () => {
    await say(world, bob, chatId, 'the first');
    const input = { chatId, clientId: newId(), body: 'a reply' };
    for (const replyToSeq of [2, 3, 2 ** 31, Number.MAX_SAFE_INTEGER]) {
      const answer = await world.call(ann, 'chat.send', { ...input, replyToSeq });
      expect(answer).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'replyToSeq' }] } });
    }
    expect(await world.log(room())).toHaveLength(1);
    const sent = await world.ask<Sent>(ann, 'chat.send', { ...input, replyToSeq: 1 });
    expect(await world.ask<Sent>(ann, 'chat.send', { ...input, replyToSeq: 2 })).toEqual({ ...sent, duplicate: true });
    await world.store(chatId);
    expect((await history(bob)).items.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test('refuses a reply to what is no message, also when the log has let go of it', async () => {
    const { seq } = await say(world, bob, chatId, 'first');
    await world.ask(bob, 'chat.edit', { chatId, seq, body: 'edited' });
    const reply = (replyToSeq: number) =>
      world.call(ann, 'chat.send', { chatId, clientId: newId(), body: 'a reply', replyToSeq });
    const refused = { error: { code: 'INVALID_INPUT', issues: [{ path: 'replyToSeq' }] } };
    expect(await reply(seq + 1)).toMatchObject(refused);
    await world.store(chatId);
    await world.assemblies[0]?.platform.redis.log.del(logKey(room()));
    expect(await reply(seq + 1)).toMatchObject(refused);
    expect(await reply(seq)).toMatchObject({ ok: true });
  });

  test('keeps the order of what one person writes, also where a message has to be looked up first', async () => {
    const first = await say(world, ann, chatId, 'first');
    await world.store(chatId);
    await world.assemblies[0]?.platform.redis.log.del(logKey(room()));
    const sends = Array.from({ length: 20 }, (_, n) => ({
      ...{ chatId, clientId: newId(), body: `${n}` },
      ...(n % 3 === 0 ? { replyToSeq: first.seq } : {}),
    }));
    await Promise.all(sends.map((input) => world.ask(ann, 'chat.send', input)));
    const { items } = await history(bob);
    expect(items.map(({ body }) => body)).toEqual(['first', ...sends.map(({ body }) => body)]);
  });

  test('gives a hundred repeats on two nodes the answer of the first and appends once', async () => {
    const input = { chatId, clientId: newId(), body: 'once' };
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => world.ask<Sent>(ann, 'chat.send', input, n % 2)),
    );
    expect(new Set(answers.map(({ id, seq, epoch, at }) => [id, seq, epoch, at].join())).size).toBe(1);
    expect(answers.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(await world.log(room())).toHaveLength(1);
  });

  test('knows a repeat by the stored message when the log has let go of it', async () => {
    const input = { chatId, clientId: newId(), body: 'once' };
    const first = await world.ask<Sent>(ann, 'chat.send', input);
    await world.store(chatId);
    await world.assemblies[0]?.platform.redis.log.del(logKey(room()));
    expect(await world.ask<Sent>(ann, 'chat.send', input)).toEqual({ ...first, duplicate: true });
  });

  test('knows a repeat after Redis has lost the room', async () => {
    const input = { chatId, clientId: newId(), body: 'once' };
    const first = await world.ask<Sent>(ann, 'chat.send', input);
    await world.store(chatId);
    await world.assemblies[0]?.platform.redis.log.del(logKey(room()), metaKey(room()));
    await forgetIds();
    const again = await world.ask<Sent>(ann, 'chat.send', input);
    expect(again).toMatchObject({ id: first.id, seq: first.seq, at: first.at, duplicate: true });
    const { seq } = await say(world, ann, chatId, 'next');
    expect(seq).toBeGreaterThan(10_000);
    expect((await history(bob)).items.map((item) => [item.ordinal, item.body])).toEqual([
      [1, 'once'],
      [2, 'next'],
    ]);
  });

  test.each([
    ['tells when it was made', newId()],
    ['does not', randomUUID()],
  ])('knows a repeat however late it comes, by the row, when the client id %s', async (_what, clientId) => {
    const input = { chatId, clientId, body: 'once' };
    const first = await world.ask<Sent>(ann, 'chat.send', input);
    await world.store(chatId);
    await forgetIds();
    // An id that tells its time is looked up where a Redis came back without the latest ids.
    await world.assemblies[0]?.platform.redis.log.hset(metaKey(room()), { a: 0, r: Date.now() });
    expect(await world.ask<Sent>(ann, 'chat.send', input)).toEqual({ ...first, duplicate: true });
    expect((await history(bob)).items).toHaveLength(1);
  });

  test('tells two people’s same client id apart', async () => {
    const input = { chatId, clientId: newId(), body: 'mine' };
    const [first, second] = [
      await world.ask<Sent>(ann, 'chat.send', input),
      await world.ask<Sent>(bob, 'chat.send', input),
    ];
    expect([first.seq, second.seq, second.duplicate]).toEqual([1, 2, false]);
  });

  test.each([
    ['a blank body', { body: ' \n\t ' }],
    ['nothing that is seen', { body: ' \u200b\u2800\u3164\ufe0f ' }],
    ['too long a body', { body: 'x'.repeat(4_001) }],
    ['NUL', { body: 'a\0b' }],
    ['half a surrogate pair', { body: 'a\ud83d' }],
    ['a client id that is none', { clientId: 'one' }],
    ['a blank body beside no pictures', { body: '', mediaIds: [] }],
    ['more than ten pictures', { mediaIds: Array.from({ length: 11 }, newId) }],
    [
      'one picture twice',
      { mediaIds: ['01a205d3-2711-7784-8f78-3c28f4df1bf7', '01A205D3-2711-7784-8F78-3C28F4DF1BF7'] },
    ],
    ['a reply to nothing', { replyToSeq: 0 }],
  ])('refuses %s', async (_what, wrong) => {
    const answer = await world.call(ann, 'chat.send', { chatId, clientId: newId(), body: 'ok', ...wrong });
    expect(codeOf(answer)).toBe('INVALID_INPUT');
    expect(await world.log(room())).toEqual([]);
  });

  test('takes 4,000 characters and no media', async () => {
    const input = { chatId, clientId: newId(), body: '🎉'.repeat(2_000), mediaIds: [] };
    expect(codeOf(await world.call(ann, 'chat.send', input))).toBe('OK');
  });

  test('does not let strangers know that the chat exists', async () => {
    const answers = await Promise.all([
      world.call(eve, 'chat.send', { chatId, clientId: newId(), body: 'hi' }),
      world.call(eve, 'chat.send', { chatId: newId(), clientId: newId(), body: 'hi' }),
    ]);
    expect(answers.map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe('chat.edit and chat.delete', () => {
  test('change a message that only the log knows, and one that is stored', async () => {
    const [first, second] = [await say(world, ann, chatId, 'one'), await say(world, ann, chatId, 'two')];
    await world.storeSome(chatId, 1);
    for (const { seq } of [first, second]) {
      const change = await world.ask(ann, 'chat.edit', { chatId, seq, body: `edited ${seq}` });
      expect(change).toMatchObject({ seq, epoch: first.epoch });
    }
    await world.ask(ann, 'chat.delete', { chatId, seq: second.seq });
    const { items } = await history(bob);
    expect(items).toMatchObject([
      { body: 'edited 1', editedAt: expect.any(String) },
      { body: '', deletedAt: expect.any(String), reactions: {}, mine: [] },
    ]);
  });

  test('find a deleted message gone, though its deletion is not stored', async () => {
    const { seq } = await say(world, ann, chatId, 'one');
    await world.storeSome(chatId);
    await world.ask(ann, 'chat.delete', { chatId, seq });
    const inputs = { 'chat.edit': { body: 'x' }, 'chat.delete': {}, 'chat.react': FIRE, 'chat.unreact': FIRE };
    const again = Object.entries(inputs).map(([name, input]) => world.call(ann, name, { chatId, seq, ...input }, 1));
    expect((await Promise.all(again)).map(codeOf)).toEqual(['GONE', 'GONE', 'GONE', 'GONE']);
  });

  test('are for the sender; who looks after the chat may delete', async () => {
    const { seq } = await say(world, bob, chatId, 'bob’s');
    const own = await say(world, ann, chatId, 'ann’s');
    expect(codeOf(await world.call(ann, 'chat.edit', { chatId, seq, body: 'x' }))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(bob, 'chat.delete', { chatId, seq: own.seq }))).toBe('FORBIDDEN');
    expect(codeOf(await world.call(eve, 'chat.edit', { chatId, seq, body: 'x' }))).toBe('NOT_FOUND');
    expect(codeOf(await world.call(ann, 'chat.delete', { chatId, seq }))).toBe('OK');
  });

  test('find no message where another entry stands', async () => {
    const { seq } = await say(world, ann, chatId, 'one');
    await world.ask(ann, 'chat.edit', { chatId, seq, body: 'x' });
    const answers = [seq + 1, 99].map((place) => world.call(ann, 'chat.edit', { chatId, seq: place, body: 'y' }));
    expect((await Promise.all(answers)).map(codeOf)).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  });

  test('delete once when two delete at the same time', async () => {
    const { seq } = await say(world, bob, chatId, 'one');
    const answers = await Promise.all([
      world.call(ann, 'chat.delete', { chatId, seq }, 0),
      world.call(bob, 'chat.delete', { chatId, seq }, 1),
    ]);
    expect(answers.map(codeOf)).toContain('OK');
    expect((await world.log(room())).filter(({ signal }) => signal === 'chat.deleted')).toHaveLength(1);
  });
});
