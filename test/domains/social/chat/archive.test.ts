import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { archiveMessages } from '../../../../src/domains/social/chat/archive.writes.ts';
import { archiveMessages as archiveJob } from '../../../../src/domains/social/chat/archive-messages.job.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { until } from '../../../support/until.ts';
import { makeChat, makeUsers } from '../support/rows.ts';
import { type History, openWorld, type World } from '../support/world.ts';

let world: World;
let users: string[];

beforeAll(async () => {
  world = await openWorld({ nodes: 1 });
  users = await makeUsers(world.database, 2);
  // The worker's own pass of today comes first: it finds nothing, and moves no message of a test.
  const passed = { name: 'chat.archiveMessages', status: 'SUCCEEDED' } as const;
  await until(() => world.database.backgroundJob.count({ where: passed }), { what: 'the pass of today' });
});

afterAll(() => world.close());

const DAY_MS = 24 * 60 * 60 * 1_000;
const YEAR_AGO = new Date(Date.now() - 365 * DAY_MS);
const HALF_A_YEAR_AGO = new Date(Date.now() - 182 * DAY_MS);

/** A chat as the persister left it: `old` messages of a year ago, then `fresh` ones of today; every number is odd. */
const makeLongChat = async (old: number, fresh: number): Promise<string> => {
  const [ann = '', bob = ''] = users;
  const chatId = await makeChat(world.database, users);
  const count = old + fresh;
  await world.database.$executeRaw`
    INSERT INTO messages (chat_id, seq, id, sender_id, client_id, ordinal, body, sent_at, applied_seq, reactions)
    SELECT ${chatId}::uuid, 2 * n - 1, gen_random_uuid(), ${ann}::uuid, gen_random_uuid(), n, 'no. ' || n,
      CASE WHEN n <= ${old} THEN ${YEAR_AGO}::timestamptz + n * interval '1 minute' ELSE now() END, 2 * n,
      CASE WHEN n % 3 = 0 THEN '{"🔥": 1}' ELSE '{}' END::jsonb
    FROM generate_series(1, ${count}) AS n`;
  await world.database.$executeRaw`
    INSERT INTO message_reactions (chat_id, seq, emoji, user_id, created_at)
    SELECT chat_id, seq, '🔥', ${bob}::uuid, now() FROM messages WHERE chat_id = ${chatId}::uuid AND reactions <> '{}'`;
  await world.database.$executeRaw`
    INSERT INTO message_revisions (chat_id, seq, replaced_by, body, editor_id, created_at)
    SELECT chat_id, seq, seq + 1, 'before', ${ann}::uuid, now() FROM messages WHERE chat_id = ${chatId}::uuid AND ordinal % 5 = 0`;
  await world.database.chatMessageSequence.create({
    data: { chatId, epoch: 'seed', lastSeq: 2 * count, lastOrdinal: count, lastMessageAt: new Date() },
  });
  return chatId;
};

const page = (chatId: string, cursors: object): Promise<History> =>
  world.ask<History>(users[1] ?? '', 'chat.history', { chatId, ...cursors });

/** Every message of a chat as history shows it, walked in one direction. */
const walk = async (chatId: string, direction: 'before' | 'after', limit: number): Promise<History['items']> => {
  const pages: History['items'][] = [];
  let cursor: number | null = direction === 'after' ? 0 : Number.MAX_SAFE_INTEGER;
  while (cursor !== null) {
    const { items, nextCursor }: History = await page(chatId, { [direction]: cursor, limit });
    expect(items.length).toBeLessThanOrEqual(limit);
    pages.push(items);
    cursor = nextCursor;
  }
  return (direction === 'after' ? pages : pages.reverse()).flat();
};

const sum = async (table: string, chatId: string): Promise<unknown> => {
  const [row] = await world.database.$queryRawUnsafe<unknown[]>(
    `SELECT (SELECT count(*)::int FROM ${table} WHERE chat_id = $1::uuid) AS live,
       (SELECT count(*)::int FROM archive.${table} WHERE chat_id = $1::uuid) AS archived`,
    chatId,
  );
  return row;
};

test('history is the same however much of a chat has been archived, in both directions and any pages', {
  timeout: 120_000,
}, async () => {
  const shape = fc.record({
    old: fc.integer({ min: 0, max: 60 }),
    fresh: fc.integer({ min: 100, max: 130 }),
    batches: fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 4 }),
    limit: fc.constantFrom(7, 33, 100),
  });
  await fc.assert(
    fc.asyncProperty(shape, async ({ old, fresh, batches, limit }) => {
      const chatId = await makeLongChat(old, fresh);
      const before = await walk(chatId, 'after', 100);
      expect(before.map(({ ordinal }) => ordinal)).toEqual(
        Array.from({ length: old + fresh }, (_, index) => index + 1),
      );
      for (const size of batches) {
        await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: size });
        expect(await walk(chatId, 'before', limit)).toEqual(before);
        expect(await walk(chatId, 'after', limit)).toEqual(before);
      }
      const moved = Math.min(
        old,
        batches.reduce((total, size) => total + size, 0),
      );
      expect(await sum('messages', chatId)).toEqual({ live: old + fresh - moved, archived: moved });
      const reactions = Math.floor(moved / 3);
      expect(await sum('message_reactions', chatId)).toEqual({
        live: Math.floor((old + fresh) / 3) - reactions,
        archived: reactions,
      });
      const revisions = Math.floor(moved / 5);
      expect(await sum('message_revisions', chatId)).toEqual({
        live: Math.floor((old + fresh) / 5) - revisions,
        archived: revisions,
      });
    }),
    { numRuns: 8 },
  );
});

test('the job moves what is old of all chats, but leaves each its newest hundred', async () => {
  const long = await makeLongChat(1_250, 3);
  const short = await makeLongChat(100, 0);
  const { platform } = world.assemblies[0] ?? {};
  if (!platform) throw new Error('no node');
  const clock = { now: () => new Date(Date.now() + 1.01 * DAY_MS) };
  await archiveJob({ ...platform, clock }).run({});
  expect(await sum('messages', long)).toEqual({ live: 100, archived: 1_153 });
  expect(await sum('messages', short)).toEqual({ live: 100, archived: 0 });
});

test('nothing is taken from behind a message that stays', async () => {
  const chatId = await makeLongChat(20, 120);
  await world.database.$executeRaw`UPDATE messages SET sent_at = now() WHERE chat_id = ${chatId}::uuid AND ordinal = 8`;
  await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: 1_000 });
  expect(await sum('messages', chatId)).toEqual({ live: 133, archived: 7 });
});

test('an attachment of an archived message is still known to belong to it', async () => {
  const chatId = await makeLongChat(3, 100);
  const asset = { ownerId: users[0] ?? '', kind: 'IMAGE' as const, purpose: 'MESSAGE' as const, mimeType: 'image/png' };
  const { id } = await world.database.mediaAsset.create({
    data: { ...asset, byteSize: 1, sha256: '0'.repeat(64), storageKey: chatId, chatId, messageSeq: 3 },
  });
  await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: 1_000 });
  const rows = await world.database.$queryRaw`
    SELECT seq::int, asset_ids FROM archive.messages WHERE chat_id = ${chatId}::uuid ORDER BY seq`;
  expect(rows).toEqual([
    { seq: 1, asset_ids: [] },
    { seq: 3, asset_ids: [id] },
    { seq: 5, asset_ids: [] },
  ]);
});

test('someone who reads up to an archived message has the right number unread', async () => {
  const chatId = await makeLongChat(30, 100);
  await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: 1_000 });
  const unread = async (): Promise<number | undefined> => {
    const { items } = await world.ask<{ items: { id: string; unread: number }[] }>(users[1] ?? '', 'chat.list', {
      limit: 100,
    });
    return items.find(({ id }) => id === chatId)?.unread;
  };
  await world.ask(users[1] ?? '', 'chat.read', { chatId, seq: 20 });
  expect(await unread()).toBe(120);
  await world.store(chatId);
  expect(await unread()).toBe(120);
});

test('an archived message can no longer be changed, and whoever tries is told', async () => {
  const chatId = await makeLongChat(5, 100);
  await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: 1_000 });
  const answer = await world.call(users[1] ?? '', 'chat.react', { chatId, seq: 1, emoji: '🔥' });
  expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
});

test('an archived message still shows its pictures, and none of them can be sent again', async () => {
  const [ann = '', bob = ''] = users;
  const chatId = await makeLongChat(3, 100);
  const about = { ownerId: ann, kind: 'IMAGE', purpose: 'MESSAGE', mimeType: 'image/png', byteSize: 1 } as const;
  const ready = { status: 'READY', scanState: 'CLEAN', width: 10, height: 10, blurHash: 'L00000fQfQfQ' } as const;
  const ids = await Promise.all(
    [1, 0].map(async (sortOrder) => {
      const storageKey = `${chatId}-${sortOrder}`;
      const place = { chatId, messageSeq: 3, sortOrder };
      const data = { ...about, ...ready, ...place, sha256: '0'.repeat(64), storageKey };
      return (await world.database.mediaAsset.create({ data })).id;
    }),
  );
  const shown = async () => (await page(chatId, { before: 5, limit: 1 })).items[0]?.media?.map(({ id }) => id);
  expect(await shown()).toEqual(ids.toReversed());
  await archiveMessages(world.database, chatId, { before: HALF_A_YEAR_AGO, limit: 1_000 });
  expect(await world.database.message.count({ where: { chatId, seq: 3n } })).toBe(0);
  expect(await shown()).toEqual(ids.toReversed());

  const again = { chatId, clientId: newId(), body: '', mediaIds: ids };
  expect(await world.call(ann, 'chat.send', again)).toMatchObject({
    error: { code: 'CONFLICT', issues: [{ path: 'mediaIds.0' }] },
  });
  expect(await world.call(bob, 'chat.send', again)).toMatchObject({ error: { code: 'NOT_FOUND' } });
});
