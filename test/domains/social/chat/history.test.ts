import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RoomEntry } from '../../../../src/kernel/domain.ts';
import { newId } from '../../../../src/platform/ids.ts';
import type { Entry } from '../../../../src/sdk/contract.ts';
import { applyEntry, startTimeline, type Timeline } from '../../../../src/sdk/timeline.ts';
import { makeUsers } from '../support/rows.ts';
import { type History, openWorld, say, type World } from '../support/world.ts';

let world: World;
let users: string[];

beforeAll(async () => {
  world = await openWorld();
  users = await makeUsers(world.database, 4);
});

afterAll(() => world.close());

const user = (index: number): string => users[index % users.length] ?? '';
const history = (userId: string, chatId: string, page: object = {}, node = 0) =>
  world.ask<History>(userId, 'chat.history', { chatId, ...page }, node);

describe('pages', () => {
  /** Twelve messages with other entries between them; `stored` of the entries are in PostgreSQL. */
  const longChat = async (stored: number): Promise<string> => {
    const chatId = await world.makeChat(users);
    for (let index = 0; index < 12; index += 1) {
      const { seq } = await say(world, user(index), chatId, `no. ${index + 1}`);
      if (index % 3 === 0) await world.ask(user(index), 'chat.edit', { chatId, seq, body: `no. ${index + 1}!` });
    }
    await world.storeSome(chatId, stored);
    return chatId;
  };
  const numbers = ({ items }: History): number[] => items.map(({ ordinal }) => ordinal);
  const walk = async (chatId: string, direction: 'before' | 'after', by: 'name' | 'cursor'): Promise<number[][]> => {
    const pages: number[][] = [];
    let page = await history(user(0), chatId, { limit: 5, ...(direction === 'after' ? { after: 0 } : {}) });
    pages.push(numbers(page));
    while (page.nextCursor !== null) {
      const cursor = by === 'name' ? { [direction]: page.nextCursor } : { cursor: page.nextCursor };
      const again = direction === 'after' ? { after: 0, ...cursor } : cursor;
      page = await history(user(0), chatId, { limit: 5, ...again });
      pages.push(numbers(page));
    }
    return pages;
  };

  test.each([0, 5, 9, 16])('are complete and ascending in both directions with %i entries stored', async (stored) => {
    const chatId = await longChat(stored);
    const backwards = [
      [8, 9, 10, 11, 12],
      [3, 4, 5, 6, 7],
      [1, 2],
    ];
    const forwards = [
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
      [11, 12],
    ];
    expect(await walk(chatId, 'before', 'name')).toEqual(backwards);
    expect(await walk(chatId, 'before', 'cursor')).toEqual(backwards);
    expect(await walk(chatId, 'after', 'name')).toEqual(forwards);
    expect(await walk(chatId, 'after', 'cursor')).toEqual(forwards);
  });

  test('lie between both cursors when both are given, and name who wrote them', async () => {
    const chatId = await longChat(7);
    const all = await history(user(0), chatId, { after: 0 });
    const [, second, third, fourth, fifth] = all.items;
    const page = await history(user(0), chatId, { after: second?.seq, before: fifth?.seq });
    expect(page.items).toEqual([third, fourth]);
    expect(page.people.map(({ userId }) => userId).sort()).toEqual([third?.senderId, fourth?.senderId].sort());
  });

  test('of a chat where nothing was said are empty, and say where to watch from', async () => {
    const chatId = await world.makeChat(users);
    const empty = await history(user(0), chatId);
    expect(empty).toMatchObject({ items: [], nextCursor: null, position: { seq: 0 } });
    expect((await say(world, user(1), chatId, 'first')).epoch).toBe(empty.position.epoch);
  });
});

/** Something a user does, on one of two nodes. */
const someActs = fc.array(
  fc.record({
    kind: fc.constantFrom('send', 'send', 'edit', 'delete', 'react', 'react', 'unreact', 'read', 'store'),
    who: fc.nat({ max: 3 }),
    what: fc.nat({ max: 20 }),
    emoji: fc.constantFrom('🔥', '👍🏽', '❤️'),
    node: fc.nat({ max: 1 }),
  }),
  { minLength: 5, maxLength: 40 },
);
type Act = typeof someActs extends fc.Arbitrary<(infer T)[]> ? T : never;

/** Does the act; that some are refused, as edits of others' messages are, is part of the story. */
const perform = async (chatId: string, act: Act): Promise<void> => {
  const input = { chatId, seq: act.what, body: `by ${act.who}: ${act.what}`, emoji: act.emoji, clientId: newId() };
  if (act.kind === 'store') await world.storeSome(chatId, act.what);
  else await world.call(user(act.who), `chat.${act.kind}`, input, act.node);
};

const asEntry = ({ seq, signal, atMs, by, ordinal, data }: RoomEntry): Entry =>
  // Safe: the wire form of an entry, as delivery makes it.
  ({ seq, signal, at: new Date(atMs).toISOString(), by, ordinal, data }) as Entry;

const withoutMine = (messages: readonly object[]) => messages.map((message) => ({ ...message, mine: null }));

describe('a snapshot', () => {
  /** Everything one user can ask about the chat. */
  const snapshot = async (chatId: string, userId: string, node: number) => {
    const [{ items, people }, { items: list }, { items: members }] = await Promise.all([
      history(userId, chatId, { limit: 100 }, node),
      world.ask<{ items: { id: string }[] }>(userId, 'chat.list', {}, node),
      world.ask<{ items: object[] }>(userId, 'chat.members', { chatId }, node),
    ]);
    const { position, ...summary } = { position: null, ...list.find(({ id }) => id === chatId) };
    const sorted = items.map((message) => ({ ...message, mine: message.mine.toSorted() }));
    return { items: sorted, people, summary, members };
  };
  const snapshots = (chatId: string) => Promise.all(users.map((userId, index) => snapshot(chatId, userId, index % 2)));

  test('is the same before anything is stored, when some is, when all is, and when Redis has lost the room', async () => {
    await fc.assert(
      fc.asyncProperty(someActs, async (acts) => {
        const chatId = await world.makeChat(users);
        // In handfuls: what is asked at once meets in one batch, what comes later meets what was done before.
        for (let from = 0; from < acts.length; from += 8) {
          await Promise.all(acts.slice(from, from + 8).map((act) => perform(chatId, act)));
        }
        const lagging = await snapshots(chatId);
        const log = await world.log(`chat:${chatId}`);

        const start: Timeline = startTimeline({ items: [], nextCursor: null, position: { epoch: '', seq: 0 } });
        const live = log.map(asEntry).reduce(applyEntry, start);
        expect(withoutMine(lagging[0]?.items ?? [])).toEqual(withoutMine(live.messages));

        await world.storeSome(chatId);
        expect(await snapshots(chatId)).toEqual(lagging);
        await world.store(chatId);
        expect(await snapshots(chatId)).toEqual(lagging);
        const redis = world.assemblies[0]?.platform.redis.log;
        const keys = await redis?.keys(`*chat:${chatId}*`);
        if (keys && keys.length > 0) await redis?.del(keys);
        expect(await snapshots(chatId)).toEqual(lagging);
      }),
      { numRuns: 12 },
    );
  }, 120_000);
});
