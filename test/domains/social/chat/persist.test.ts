import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { persistChats } from '../../../../src/domains/social/chat/persist.ts';
import type { RoomBatch } from '../../../../src/kernel/domain.ts';
import { type Database, openDatabase } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { freshDatabase } from '../../../support/databases.ts';
import { batchOf, logOf, someActs, somePieces } from '../support/log-model.ts';
import { chatRows, makeChat, makeUsers } from '../support/rows.ts';
import { rowsAfter } from '../support/rows-model.ts';

let database: Database;
let users: string[];

beforeAll(async () => {
  database = openDatabase(await freshDatabase(), 4);
  users = (await makeUsers(database, 4)).sort();
});

afterAll(() => database.$disconnect());

const persist = (batches: RoomBatch[]) => database.$transaction((tx) => persistChats(tx, batches));

const byKeys = <Row extends { seq: bigint; emoji: string; userId: string }>(rows: Row[]): Row[] =>
  [...rows].sort((a, b) => Number(a.seq - b.seq) || (a.emoji + a.userId < b.emoji + b.userId ? -1 : 1));

/** Rows as compared: pointers without the columns that only membership writes. */
const stored = async (chatId: string) => {
  const rows = await chatRows(database, chatId);
  const readers = rows.readers.map(({ userId, lastReadSeq, lastReadOrdinal }) => ({
    userId,
    lastReadSeq,
    lastReadOrdinal,
  }));
  return { ...rows, readers, reactions: byKeys(rows.reactions) };
};

const expected = (chatId: string, log: ReturnType<typeof logOf>) => {
  const rows = rowsAfter(chatId, log, users);
  const progress = log.length === 0 ? null : rows.progress;
  return { ...rows, progress, reactions: byKeys(rows.reactions) };
};

describe('storing logs', () => {
  test('gives the same rows however the logs of several chats are cut, overlapped and repeated', async () => {
    const scenario = fc
      .array(someActs, { minLength: 1, maxLength: 3 })
      .map((all) => all.map((acts) => logOf(acts, users)))
      .chain((logs) => fc.tuple(fc.constant(logs), fc.tuple(...logs.map((log) => somePieces(log.length)))));
    await fc.assert(
      fc.asyncProperty(scenario, async ([logs, cuts]) => {
        const chatIds = await Promise.all(logs.map(() => makeChat(database, users)));
        const rounds = Math.max(...cuts.map((pieces) => pieces.length));
        for (let round = 0; round < rounds; round += 1) {
          const batches = chatIds.flatMap((chatId, index) => {
            const piece = cuts[index]?.[round];
            return piece ? [batchOf(chatId, logs[index]?.slice(...piece) ?? [])] : [];
          });
          await persist(batches);
        }
        for (const [index, chatId] of chatIds.entries()) {
          expect(await stored(chatId)).toEqual(expected(chatId, logs[index] ?? []));
        }
      }),
      { numRuns: 40 },
    );
  }, 90_000);

  test('passes over a chat that was removed, and stores the others', async () => {
    const [gone = '', stays = ''] = await Promise.all([makeChat(database, users), makeChat(database, users)]);
    const log = logOf([{ kind: 'send', who: 0, what: 0 }], users);
    await database.chat.delete({ where: { id: gone } });
    await persist([batchOf(gone, log), batchOf(stays, log)]);
    await persist([batchOf(gone, log)]);
    expect(await database.message.count({ where: { chatId: { in: [gone, stays] } } })).toBe(1);
  });

  test('changes nothing when an older batch comes after a newer one', async () => {
    const chatId = await makeChat(database, users);
    const log = logOf(
      [
        { kind: 'send', who: 0, what: 0 },
        { kind: 'edit', who: 0, what: 0 },
        { kind: 'react', what: 0, turns: [{ who: 1, emoji: 0, on: true }] },
        { kind: 'read', who: 2, what: 2 },
        { kind: 'react', what: 0, turns: [{ who: 1, emoji: 0, on: false }] },
        { kind: 'delete', who: 0, what: 0 },
        { kind: 'react', what: 0, turns: [{ who: 2, emoji: 1, on: true }] },
      ],
      users,
    );
    await persist([batchOf(chatId, log)]);
    const before = await chatRows(database, chatId);
    expect(before.messages).toMatchObject([{ body: '', reactions: {}, appliedSeq: 6n }]);
    for (const entry of [...log].reverse()) await persist([batchOf(chatId, [entry])]);
    expect(await chatRows(database, chatId)).toEqual(before);
  });

  test('turns no reaction on again, nor off, because an old batch comes late', async () => {
    const chatId = await makeChat(database, users);
    const turns = (who: number, on: boolean) => ({ kind: 'react' as const, what: 0, turns: [{ who, emoji: 0, on }] });
    const acts = [
      { kind: 'send' as const, who: 0, what: 0 },
      turns(1, true),
      turns(2, true),
      turns(1, false),
      turns(3, true),
    ];
    const log = logOf(acts, users);
    await persist([batchOf(chatId, log)]);
    for (const entry of [...log, ...log.toReversed()]) await persist([batchOf(chatId, [entry])]);
    const { reactions, messages } = await chatRows(database, chatId);
    expect(reactions.map(({ userId }) => userId).sort()).toEqual([users[2], users[3]]);
    expect(messages).toMatchObject([{ reactions: { '🔥': 2 } }]);
  });

  test('keeps one row for a client id that came back under another number', async () => {
    const chatId = await makeChat(database, users);
    const [first] = logOf([{ kind: 'send', who: 0, what: 0 }], users);
    if (!first) throw new Error('no entry');
    const again = { ...first, seq: 10_001, ordinal: 2, data: { ...(first.data as object), id: newId() } };
    await persist([batchOf(chatId, [first])]);
    await persist([batchOf(chatId, [again])]);
    const { messages, progress } = await chatRows(database, chatId);
    expect(messages.map(({ seq }) => seq)).toEqual([1n]);
    expect(progress?.lastSeq).toBe(10_001n);
  });

  test('lets two workers store overlapping batches of the same chats at once', async () => {
    const chatIds = await Promise.all(Array.from({ length: 8 }, () => makeChat(database, users)));
    const acts = Array.from({ length: 60 }, (_, index) => ({ kind: 'send' as const, who: index, what: index }));
    const logs = chatIds.map(() => logOf(acts, users));
    const batches = (from: number, to: number) => chatIds.map((id, i) => batchOf(id, logs[i]?.slice(from, to) ?? []));
    await persist(batches(0, 10));
    await Promise.all([persist(batches(10, 40)), persist(batches(10, 60).reverse()), persist(batches(0, 60))]);
    for (const [index, chatId] of chatIds.entries()) {
      expect(await stored(chatId)).toEqual(expected(chatId, logs[index] ?? []));
    }
  });
});
