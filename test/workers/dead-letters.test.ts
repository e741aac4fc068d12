import { afterAll, beforeAll, expect, test } from 'vitest';
import { persistChats } from '../../src/domains/social/chat/persist.ts';
import { type Database, openDatabase } from '../../src/platform/db/client.ts';
import { newId } from '../../src/platform/ids.ts';
import { discardLetters, readLetters } from '../../src/workers/dead-letters/letters.ts';
import { retryQueuedLetters } from '../../src/workers/dead-letters/retry-queued-letters.ts';
import { retryRoomLetters } from '../../src/workers/dead-letters/retry-room-letters.ts';
import { letterOf } from '../../src/workers/persist/letter.ts';
import { makeChat, makeUsers } from '../domains/social/support/rows.ts';
import { freshDatabase } from '../support/databases.ts';

let database: Database;
const persisters = new Map([['chat', persistChats]]);

beforeAll(async () => {
  database = openDatabase(await freshDatabase(), 2);
});
afterAll(() => database.$disconnect());

const keep = (letter: { source: string; reference: string; payload: object }) =>
  database.deadLetter.create({ data: { id: newId(), error: 'refused', ...letter } });

const message = (by: string, seq: number, replyToSeq?: number) => ({
  seq,
  signal: 'chat.sent',
  by,
  atMs: Date.now(),
  ordinal: seq,
  data: { id: newId(), clientId: newId(), body: `said ${seq}`, ...(replyToSeq ? { replyToSeq } : {}) },
});

test('entries are stored at their places, in their order, up to the first that is refused again', async () => {
  const users = await makeUsers(database, 1);
  const [chatId, other] = [await makeChat(database, users), await makeChat(database, users)];
  const by = users[0] ?? '';
  const edit = { seq: 11, signal: 'chat.edited', by, atMs: Date.now(), ordinal: 0, data: { seq: 9, body: 'edited' } };
  // Put aside in another order than they were said in; numbers are compared as numbers.
  for (const entry of [edit, message(by, 9)]) await keep(letterOf({ room: `chat:${chatId}`, epoch: 'e' }, entry));
  for (const entry of [message(by, 3), message(by, 2, 7)]) {
    await keep(letterOf({ room: `chat:${other}`, epoch: 'e' }, entry));
  }
  const retried = await retryRoomLetters(database, persisters, await readLetters(database, 'all'));
  expect(retried.filter(({ failure }) => failure === null)).toHaveLength(2);
  const stored = await database.message.findMany({ select: { chatId: true, seq: true, body: true } });
  expect(stored).toEqual([{ chatId, seq: 9n, body: 'edited' }]);
  const left = await readLetters(database, 'all');
  expect(left.map(({ reference }) => reference).sort()).toEqual([`chat:${other}#e#2`, `chat:${other}#e#3`]);
  expect(await discardLetters(database, [left[0]?.id ?? ''])).toBe(1);
  expect(await readLetters(database, 'all')).toHaveLength(1);
});

test('jobs and facts go back into their queues, and stay put aside when these cannot be reached', async () => {
  const added: unknown[] = [];
  const queue = (name: string) => ({
    add: async (job: string, payload: unknown) => {
      if (job === 'a.unreachable') throw new Error('Connection is closed.');
      added.push([name, job, payload]);
    },
  });
  const letters = [
    { source: 'job', reference: 'a.job#7', payload: { n: 1 } },
    { source: 'fact', reference: `a.subscriber#${newId()}`, payload: { factId: newId(), payload: {} } },
    { source: 'job', reference: 'a.unreachable#1', payload: {} },
  ];
  const ids = [];
  for (const letter of letters) ids.push((await keep(letter)).id);
  // Safe: only `add` is asked of it.
  const queues = { job: queue('jobs'), fact: queue('facts') } as unknown as Parameters<typeof retryQueuedLetters>[1];
  const retried = await retryQueuedLetters(database, queues, await readLetters(database, ids));
  expect(retried.map(({ failure }) => failure === null)).toEqual([true, true, false]);
  expect(added).toEqual([
    ['jobs', 'a.job', { n: 1 }],
    ['facts', 'a.subscriber', letters[1]?.payload],
  ]);
  expect((await readLetters(database, ids)).map(({ reference }) => reference)).toEqual(['a.unreachable#1']);
});

test('a fact is owed again once its letter is tried again, and no longer kept once it is thrown away', async () => {
  const facts = [newId(), newId()];
  const ids: string[] = [];
  for (const factId of facts) {
    await database.outboxEvent.create({
      data: { id: factId, name: 'a.fact', payload: {}, relayedAt: new Date(), dueAt: null },
    });
    await database.factDelivery.create({ data: { factId, subscriber: 'a.subscriber', isPutAside: true } });
    ids.push((await keep({ source: 'fact', reference: `a.subscriber#${factId}`, payload: { factId } })).id);
  }
  const unasked = { add: () => Promise.reject(new Error('no queue is needed')) };
  // Safe: only `add` could be asked of it.
  const queues = { job: unasked, fact: unasked } as unknown as Parameters<typeof retryQueuedLetters>[1];
  const [again, discarded] = ids;
  const retried = await retryQueuedLetters(database, queues, await readLetters(database, [again ?? '']));
  expect(retried.map(({ failure }) => failure)).toEqual([null]);
  expect(await discardLetters(database, [discarded ?? ''])).toBe(1);
  expect(await readLetters(database, ids)).toEqual([]);
  const owed = await database.outboxEvent.findMany({ where: { id: { in: facts }, dueAt: { not: null } } });
  expect(owed.map(({ id }) => id)).toEqual([facts[0]]);
  const marks = await database.factDelivery.findMany({ where: { factId: { in: facts } } });
  expect(marks.map(({ factId, isPutAside }) => ({ factId, isPutAside }))).toEqual([
    { factId: facts[1], isPutAside: false },
  ]);
});
