import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import type { EngineLog } from '../../../src/platform/rooms/create-log.ts';
import type { LogEntry } from '../../../src/platform/rooms/entries.ts';
import { createFollowed } from '../../../src/platform/rooms/followed.ts';
import { logKey, metaKey, SEEN_GENERATION_MS, seenKey } from '../../../src/platform/rooms/keys.ts';
import type { Draft } from '../../../src/platform/rooms/log.ts';
import { freshRedis } from '../../support/databases.ts';
import { createRoomWorld, newRoom } from './room-world.ts';

const world = createRoomWorld();
let node: Awaited<ReturnType<typeof world.node>>;

beforeAll(async () => {
  node = await world.node(await freshRedis());
});
afterAll(async () => {
  await node?.feed.stop();
  world.close();
});

test('the place of a log that another Redis process wrote is told under a new epoch, before anything is appended', async () => {
  const room = newRoom();
  const draft = { id: newId(), signal: 'test.said', data: {} };
  const first = await node.log.append(room, draft);
  await node.redis.hset(metaKey(room), 'i', 'another');
  const { epoch, seq } = await node.log.position(room);
  expect(epoch).not.toBe(first.epoch);
  expect(seq).toBeGreaterThan(first.seq);
});

describe('a repeat', () => {
  /** As if so many generations of remembered ids had passed since they were written, and somebody else wrote meanwhile. */
  const age = async (room: string, generations: number): Promise<void> => {
    const now = Math.floor(Date.now() / SEEN_GENERATION_MS);
    for (const generation of [now - 1, now]) {
      await node.redis.rename(seenKey(room, generation), seenKey(room, generation - generations)).catch(() => {});
    }
    await node.redis.hset(seenKey(room, now), newId(), 1);
    await node.redis.hset(metaKey(room), 'a', 0);
  };

  /** A draft whose first entry is looked up as told. */
  const repeatable = (madeAtMs: number | null, found: { seq: number; epoch: string } | null = null) => {
    const asked: boolean[] = [];
    const find = async (isWaiting: boolean) => {
      asked.push(isWaiting);
      return found;
    };
    const draft: Draft = { id: newId(), signal: 'test.said', data: {}, repeats: { madeAtMs, find } };
    return { draft, asked };
  };
  const minutesAgo = (minutes: number): number => Date.now() - minutes * 60_000;

  test('is known just after the border of two generations of remembered ids', async () => {
    const room = newRoom();
    const draft = { id: newId(), signal: 'test.said', data: {} };
    const first = await node.log.append(room, draft);
    await age(room, 1);
    expect(await node.log.append(room, draft)).toMatchObject({ seq: first.seq, epoch: first.epoch, duplicate: true });
  });

  test('that is no longer remembered gets the entry that is found for it, and appends nothing', async () => {
    const room = newRoom();
    const { draft } = repeatable(minutesAgo(61));
    const first = await node.log.append(room, draft);
    await age(room, 3);
    const again = repeatable(minutesAgo(61), first);
    const repeat = await node.log.append(room, { ...again.draft, id: draft.id });
    expect(repeat).toMatchObject({ seq: first.seq, epoch: first.epoch, duplicate: true });
    expect(again.asked).toEqual([false]);
    expect((await node.log.position(room)).seq).toBe(first.seq);
  });

  test.each([
    ['is an hour old', 60],
    ['is eleven minutes old', 11],
    ['comes from a clock that is eleven minutes ahead', -11],
    ['does not tell its time', null],
  ])('is looked for when its id %s', async (_what, minutes) => {
    const room = newRoom();
    await node.log.append(room, { id: newId(), signal: 'test.said', data: {} });
    await age(room, 3);
    const { draft, asked } = repeatable(minutes === null ? null : minutesAgo(minutes));
    const { duplicate } = await node.log.append(room, draft);
    expect([duplicate, asked]).toEqual([false, [false]]);
  });

  test.each([
    ['was made just now', 0],
    ['is nine minutes old', 9],
    ['comes from a clock that is nine minutes ahead', -9],
  ])('is not looked for when its id %s', async (_what, minutes) => {
    const room = newRoom();
    await node.log.append(room, { id: newId(), signal: 'test.said', data: {} });
    await age(room, 3);
    const { draft, asked } = repeatable(minutesAgo(minutes));
    await node.log.append(room, draft);
    expect(asked).toEqual([]);
  });

  test('is never looked for while all ids there ever were are remembered', async () => {
    const { draft, asked } = repeatable(null);
    await node.log.append(newRoom(), draft);
    expect(asked).toEqual([]);
  });

  test('is looked for after a new beginning that brought only the latest ids', async () => {
    const room = newRoom();
    const recent = [{ id: newId(), seq: 400 }];
    world.stored.set(room.slice(5), { seq: 400, ordinal: 300, recent, recentSinceMs: minutesAgo(1) });
    const young = repeatable(minutesAgo(2));
    await node.log.append(room, young.draft);
    expect(young.asked).toEqual([false]);
    const known = await node.log.append(room, { ...repeatable(null).draft, id: recent[0]?.id ?? '' });
    expect(known).toMatchObject({ seq: 400, duplicate: true });
  });

  test('is looked for among what waits to be stored too, where that is as old', async () => {
    const room = newRoom();
    await node.redis.xadd(logKey(room), '1-0', 't', minutesAgo(30), 'o', 1, 'e', '"signal":"test.said","data":{}');
    const { draft, asked } = repeatable(null);
    await node.log.append(room, draft);
    expect(asked).toEqual([true]);
  });

  test('is looked for, also among what waits to be stored, where what was remembered is gone', async () => {
    const room = newRoom();
    const { draft, asked } = repeatable(Date.now());
    await node.log.append(room, draft);
    expect(asked).toEqual([]);
    await node.redis.del(seenKey(room, Math.floor(Date.now() / SEEN_GENERATION_MS)));
    await node.log.append(room, draft);
    expect(asked).toEqual([true]);
  });

  test('twenty at once are one entry, though none is found', async () => {
    const room = newRoom();
    await node.log.append(room, { id: newId(), signal: 'test.said', data: {} });
    await age(room, 3);
    const { draft } = repeatable(null);
    const appended = await Promise.all(Array.from({ length: 20 }, () => node.log.append(room, draft)));
    expect(new Set(appended.map(({ seq }) => seq)).size).toBe(1);
    expect(appended.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  });
});

const entryOf = (seq: number): LogEntry => ({
  ...{ seq, atMs: 0, ordinal: seq, body: '"signal":"test.said","data":{}', hidden: '', affects: [], evicts: [] },
});

test('what is heard while a hole is being filled is there when it is filled', async () => {
  let logged = 2;
  const between = (seq: number): LogEntry[] => [1, 2, 3].filter((each) => each > seq && each <= logged).map(entryOf);
  // Only what healing asks of a log.
  const log = {
    position: async () => ({ epoch: 'one', seq: logged, durable: 0, ordinal: logged }),
    rawAfter: async (_room: string, seq: number) => {
      const found = between(seq);
      if (logged === 2) {
        logged = 3;
        followed.hear({ epoch: 'one', durable: 0, entry: entryOf(3) });
      }
      return found;
    },
  } as unknown as EngineLog;
  const logger = createLog('silent');
  const followed = createFollowed({ room: 'test:1', log, logger, onGap: () => {}, onUnsure: () => {} });
  followed.epoch = 'one';
  await followed.heal();
  expect(followed.seq).toBe(3);
});
