import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, openWorld, type Sent, say, type World } from '../support/world.ts';

let world: World;
let owner: string;
let ada: string;
let bob: string;
let stranger: string;
let chatId: string;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  [owner = '', ada = '', bob = '', stranger = ''] = await makeUsers(world.database, 4);
  chatId = await world.makeChat([owner, ada, bob]);
});

interface Readers {
  count: number;
  items: { userId: string }[];
}
const readersOf = async (seq: number, as = owner): Promise<{ count: number; ids: string[] }> => {
  const { count, items } = await world.ask<Readers>(as, 'chat.readers', { chatId, seq });
  return { count, ids: items.map(({ userId }) => userId).sort() };
};

test('who has read to a message is known before and after it is stored, without its sender', async () => {
  const { seq } = await say(world, owner, chatId, 'read this');
  await world.ask(ada, 'chat.read', { chatId, seq });
  for (const store of [async () => undefined, () => world.store(chatId)]) {
    await store();
    expect(await readersOf(seq)).toEqual({ count: 1, ids: [ada] });
  }
  await say(world, bob, chatId, 'an answer');
  expect(await readersOf(seq)).toEqual({ count: 2, ids: [ada, bob].sort() });
  await world.ask(bob, 'block.add', { userId: owner });
  expect(await readersOf(seq)).toEqual({ count: 2, ids: [ada] });
});

test('a large chat says how many, and not who', async () => {
  const many = await makeUsers(world.database, 101);
  chatId = await world.makeChat([owner, ...many]);
  const { seq } = await say(world, owner, chatId, 'to all');
  for (const userId of many.slice(0, 3)) await world.ask(userId, 'chat.read', { chatId, seq });
  expect(await readersOf(seq)).toEqual({ count: 3, ids: [] });
});

test('who reacted with what is listed page by page, as the log has it now', async () => {
  const { seq } = await say(world, owner, chatId, 'react to this');
  await world.ask(ada, 'chat.react', { chatId, seq, emoji: '🔥' });
  await world.store(chatId);
  await world.ask(bob, 'chat.react', { chatId, seq, emoji: '🔥' });
  await world.ask(bob, 'chat.react', { chatId, seq, emoji: '👍' });
  interface Page {
    items: { emoji: string; person: { userId: string } }[];
    nextCursor: string | null;
  }
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Page = await world.ask<Page>(owner, 'chat.reactors', {
      ...{ chatId, seq, limit: 2 },
      ...(cursor === null ? {} : { cursor }),
    });
    seen.push(...page.items.map(({ emoji, person }) => `${emoji} ${person.userId}`));
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(seen.sort()).toEqual([`👍 ${bob}`, `🔥 ${ada}`, `🔥 ${bob}`].sort());
  const fires = await world.ask<Page>(owner, 'chat.reactors', { chatId, seq, emoji: '🔥' });
  expect(fires.items).toHaveLength(2);
  await world.ask(ada, 'chat.unreact', { chatId, seq, emoji: '🔥' });
  expect((await world.ask<Page>(owner, 'chat.reactors', { chatId, seq, emoji: '🔥' })).items).toHaveLength(1);
});

test('a page around a message has it in its middle, and goes on in both directions', async () => {
  const sent: Sent[] = [];
  for (let place = 0; place < 20; place += 1) {
    sent.push(await say(world, owner, chatId, `no. ${place}`));
    if (place === 12) await world.store(chatId);
  }
  const seqs = sent.map(({ seq }) => seq);
  interface Around {
    items: { seq: number }[];
    before: number | null;
    after: number | null;
  }
  const around = (seq: number, limit: number) => world.ask<Around>(ada, 'chat.around', { chatId, seq, limit });
  const middle = await around(seqs[10] ?? 0, 6);
  expect(middle.items.map(({ seq }) => seq)).toEqual(seqs.slice(8, 14));
  const older = await world.ask<Around>(ada, 'chat.history', { chatId, before: middle.before, limit: 3 });
  expect(older.items.map(({ seq }) => seq)).toEqual(seqs.slice(5, 8));
  const newer = await world.ask<Around>(ada, 'chat.history', { chatId, after: middle.after, limit: 3 });
  expect(newer.items.map(({ seq }) => seq)).toEqual(seqs.slice(14, 17));
  const whole = await around(seqs[19] ?? 0, 100);
  expect(whole).toMatchObject({ before: null, after: null });
  expect(whole.items).toHaveLength(20);
  expect((await around(seqs[3] ?? 0, 1)).items.map(({ seq }) => seq)).toEqual([seqs[3]]);
});

test.each(['chat.readers', 'chat.reactors', 'chat.around', 'chat.pins'])(
  '%s is for members alone',
  async (operation) => {
    const { seq } = await say(world, owner, chatId, 'ours');
    const input = operation === 'chat.pins' ? { chatId } : { chatId, seq };
    expect(codeOf(await world.call(stranger, operation, input))).toBe('NOT_FOUND');
  },
);

test('what is forwarded carries words and name of who said it first, where they allow it and one may read it (Q4)', async () => {
  const other = await world.makeChat([ada, stranger]);
  const { seq } = await say(world, owner, chatId, 'worth telling');
  const forward = (by: string, from: { chatId: string; seq: number }, to = other, clientId = newId()) =>
    world.call(by, 'chat.send', { chatId: to, clientId, body: '', forwardOf: from });
  const clientId = newId();
  const first = await forward(ada, { chatId, seq }, other, clientId);
  expect(codeOf(first)).toBe('OK');
  const last = async () =>
    (await world.ask<{ items: { seq: number }[] }>(stranger, 'chat.history', { chatId: other })).items.at(-1);
  expect(await last()).toMatchObject({ body: 'worth telling', senderId: ada, forwarded: { from: owner } });
  // Forwarded on, it still says who said it first.
  const again = await last();
  expect(codeOf(await forward(stranger, { chatId: other, seq: again?.seq ?? 0 }))).toBe('OK');
  expect(await last()).toMatchObject({ senderId: stranger, forwarded: { from: owner } });
  await world.store(other);
  expect(await last()).toMatchObject({ senderId: stranger, forwarded: { from: owner } });

  await world.database.profile.update({ where: { userId: owner }, data: { isNamedInForwards: false } });
  await forward(ada, { chatId, seq });
  expect(await last()).toMatchObject({ body: 'worth telling', forwarded: { from: null } });

  expect(codeOf(await forward(stranger, { chatId, seq }))).toBe('NOT_FOUND');
  await world.ask(owner, 'chat.delete', { chatId, seq });
  expect(codeOf(await forward(ada, { chatId, seq }))).toBe('NOT_FOUND');
  expect(await forward(ada, { chatId, seq }, other, clientId)).toMatchObject({ ok: true, data: { duplicate: true } });
  const both = await world.call(ada, 'chat.send', {
    ...{ chatId: other, clientId: newId(), body: 'mine', forwardOf: { chatId, seq } },
  });
  expect(both).toMatchObject({ error: { code: 'INVALID_INPUT', issues: [{ path: 'forwardOf' }] } });
});
