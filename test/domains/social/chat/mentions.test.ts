import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { presentAmong } from '../../../../src/domains/social/api.ts';
import { namesIn } from '../../../../src/domains/social/chat/mention.rules.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { until } from '../../../support/until.ts';
import { makeUsers } from '../support/rows.ts';
import { codeOf, type History, openWorld, say, type World } from '../support/world.ts';

describe('names in a text', () => {
  test.each([
    ['@ada, are you there?', ['ada']],
    ['(@Ada.Lovelace) and @ada.lovelace.', ['ada.lovelace']],
    ['mail me: ada@example.org', []],
    ['@@ada', []],
    ['ünder@ada', []],
    ['مرحبا @ada', ['ada']],
    ['@', []],
    [
      Array.from({ length: 12 }, (_, place) => `@p${place}`).join(' '),
      Array.from({ length: 10 }, (_, place) => `p${place}`),
    ],
  ])('%s', (text, names) => {
    expect(namesIn(text)).toEqual(names);
  });

  test('are usernames, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('@', 'a', '.', '_', ' ', 'é', '9', 'Z', '\n') }), (text) => {
        const names = namesIn(text);
        expect(names.length).toBeLessThanOrEqual(10);
        expect(new Set(names).size).toBe(names.length);
        for (const name of names) expect(name).toMatch(/^[a-z0-9_.]{0,29}[a-z0-9_]$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

let world: World;
let owner: string;
let ada: string;
let bob: string;
let stranger: string;
let chatId: string;
const nameOf = new Map<string, string>();

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  const people = await makeUsers(world.database, 4);
  [owner = '', ada = '', bob = '', stranger = ''] = people;
  for (const userId of people) {
    const username = `p${userId.replaceAll('-', '').slice(-20)}`;
    await world.database.user.update({ where: { id: userId }, data: { username } });
    nameOf.set(userId, username);
  }
  chatId = await world.makeChat([owner, ada, bob]);
});

const at = (userId: string): string => `@${nameOf.get(userId)}`;
const mentionsOf = async (userId: string, id = chatId): Promise<{ unread: number; mentions: number }> => {
  const { items } = await world.ask<{ items: { id: string; unread: number; mentions: number }[] }>(
    userId,
    'chat.list',
    {},
  );
  const chat = items.find((each) => each.id === id);
  return { unread: chat?.unread ?? -1, mentions: chat?.mentions ?? -1 };
};
const lastOf = async (userId: string) => (await world.ask<History>(userId, 'chat.history', { chatId })).items.at(-1);
const facts = async () => {
  const rows = await world.database.outboxEvent.findMany({ where: { name: 'chat.mentioned' }, orderBy: { id: 'asc' } });
  return rows
    .map(({ payload }) => payload as { chatId: string; userIds: string[] })
    .filter((each) => each.chatId === chatId);
};

test('members who are named are kept by id, unstored and stored; strangers and oneself are words', async () => {
  await say(world, owner, chatId, `${at(ada)} and ${at(stranger)}, says ${at(owner)}`);
  expect(await lastOf(bob)).toMatchObject({ mentions: [ada] });
  expect(await mentionsOf(ada)).toEqual({ unread: 1, mentions: 1 });
  await world.store(chatId);
  expect(await lastOf(bob)).toMatchObject({ mentions: [ada] });
  expect(await mentionsOf(ada)).toEqual({ unread: 1, mentions: 1 });
  expect(await mentionsOf(bob)).toEqual({ unread: 1, mentions: 0 });
  await world.database.user.update({ where: { id: ada }, data: { username: `q${nameOf.get(ada)?.slice(1)}` } });
  expect(await lastOf(bob)).toMatchObject({ mentions: [ada] });
});

test('each is told once, however often it is stored; whoever an edit adds is told too', async () => {
  const { seq } = await say(world, owner, chatId, `${at(ada)}!`);
  for (let round = 0; round < 3; round += 1) await world.storeSome(chatId);
  expect((await facts()).map(({ userIds }) => userIds)).toEqual([[ada]]);
  await world.ask(owner, 'chat.edit', { chatId, seq, body: `${at(bob)} and ${at(ada)}!` });
  for (let round = 0; round < 2; round += 1) await world.storeSome(chatId);
  expect((await facts()).map(({ userIds }) => userIds)).toEqual([[ada], [bob]]);
});

test('blocked people are not named to each other', async () => {
  await world.ask(ada, 'block.add', { userId: owner });
  await say(world, owner, chatId, `${at(ada)} ${at(bob)}`);
  expect(await lastOf(bob)).toMatchObject({ mentions: [bob] });
});

describe('@here', () => {
  const node = () => {
    const presence = world.assemblies[0]?.platform.presence;
    if (!presence) throw new Error('no node');
    return presence;
  };
  const callHere = (by: string, clientId = newId()) =>
    world.call(by, 'chat.send', { chatId, clientId, body: '@here we begin' });

  test('names who is here at that moment, once in ten minutes, and only for who looks after the chat', async () => {
    const presence = node();
    const serving = presence.serve({ tell: () => true, seatsIn: () => [] });
    for (const userId of [owner, ada, stranger]) serving.arrive(newId(), userId);
    await until(async () => (await presentAmong(presence, [owner, ada, bob])).size === 2);
    const clientId = newId();
    expect(codeOf(await callHere(owner, clientId))).toBe('OK');
    expect(await lastOf(bob)).toMatchObject({ here: true });
    await world.store(chatId);
    await until(async () => (await mentionsOf(ada)).mentions === 1);
    expect((await mentionsOf(bob)).mentions).toBe(0);
    expect((await facts()).map(({ userIds }) => userIds)).toEqual([[ada]]);
    const seen = await lastOf(ada);
    expect(seen).toMatchObject({ here: true });
    expect(seen?.mentions).toBeUndefined();

    expect(await callHere(owner)).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } });
    expect(await callHere(owner, clientId)).toMatchObject({ ok: true, data: { duplicate: true } });
    const { seq } = seen ?? { seq: 0 };
    await world.ask(owner, 'chat.edit', { chatId, seq, body: 'we begin, @here' });
    await world.store(chatId);
    expect((await mentionsOf(ada)).mentions).toBe(1);
    await world.ask(owner, 'chat.delete', { chatId, seq });
    await world.store(chatId);
    expect((await mentionsOf(ada)).mentions).toBe(0);

    expect(codeOf(await callHere(ada))).toBe('OK');
    expect((await lastOf(bob))?.here).toBeUndefined();
    await serving.stop();
  });
});

interface Said {
  seq: number;
  by: string;
  names: string[];
  deleted: boolean;
}
interface Step {
  who: number;
  names: number[];
  which: number;
}

/** Does what a step says, and keeps an account of its own of what was said and read. */
const openModel = () => {
  const people = [owner, ada, bob];
  const personAt = (place: number): string => people[place] ?? owner;
  const said: Said[] = [];
  const readTo = new Map<string, number>();
  const bodyOf = ({ names }: Step): string => `x ${names.map((place) => at(personAt(place))).join(' ')}`;
  const namedBy = ({ who, names }: Step): string[] => names.map(personAt).filter((id) => id !== personAt(who));
  const ownOf = ({ who, which }: Step): Said | undefined => {
    const own = said.filter(({ by, deleted }) => by === personAt(who) && !deleted);
    return own[which % Math.max(own.length, 1)];
  };
  const acts = {
    send: async (step: Step) => {
      const by = personAt(step.who);
      const input = { chatId, clientId: newId(), body: bodyOf(step) };
      const { seq } = await world.ask<{ seq: number }>(by, 'chat.send', input, step.which % 2);
      said.push({ seq, by, names: namedBy(step), deleted: false });
      readTo.set(by, seq);
    },
    edit: async (step: Step) => {
      const target = ownOf(step);
      if (!target) return;
      await world.ask(target.by, 'chat.edit', { chatId, seq: target.seq, body: bodyOf(step) });
      target.names = namedBy(step);
    },
    delete: async (step: Step) => {
      const target = ownOf(step);
      if (!target) return;
      await world.ask(target.by, 'chat.delete', { chatId, seq: target.seq });
      target.deleted = true;
    },
    read: async ({ who, which }: Step) => {
      const seq = said[which % Math.max(said.length, 1)]?.seq;
      if (seq === undefined) return;
      await world.ask(personAt(who), 'chat.read', { chatId, seq });
      readTo.set(personAt(who), Math.max(seq, readTo.get(personAt(who)) ?? 0));
    },
    store: () => world.store(chatId),
    storeSome: ({ which }: Step) => world.storeSome(chatId, which % 5),
  };
  /** What a recount of all messages gives. */
  const recount = (userId: string) => {
    const unread = said.filter(({ seq, deleted }) => seq > (readTo.get(userId) ?? 0) && !deleted);
    return { unread: unread.length, mentions: unread.filter(({ names }) => names.includes(userId)).length };
  };
  return { people, acts, recount };
};

test('unread and mentions are what a recount of all messages gives, through sends, edits, deletions, reads and storing (Q1)', async () => {
  const step = fc.record({
    who: fc.nat(2),
    what: fc.constantFrom('send', 'send', 'send', 'edit', 'delete', 'read', 'store', 'storeSome'),
    names: fc.subarray([0, 1, 2]),
    which: fc.nat(30),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
      chatId = await world.makeChat([owner, ada, bob]);
      const { people, acts, recount } = openModel();
      for (const { what, ...about } of steps) await acts[what](about);
      for (const userId of people) expect(await mentionsOf(userId)).toEqual(recount(userId));
    }),
    { numRuns: 8 },
  );
});
