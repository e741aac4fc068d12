import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createRoomLog, type EngineLog } from '../../../src/platform/rooms/create-log.ts';
import type { LogEntry } from '../../../src/platform/rooms/entries.ts';
import { createFollowed } from '../../../src/platform/rooms/followed.ts';
import { metaKey, SEEN_GENERATION_MS } from '../../../src/platform/rooms/keys.ts';
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

test('a repeat is known again when its first was just before the border of two generations of remembered ids', async () => {
  let nowMs = Math.ceil(Date.now() / SEEN_GENERATION_MS) * SEEN_GENERATION_MS - 1;
  const handlers = new Map([['test', { seed: async () => ({ seq: 0, ordinal: 0, recent: [] }) }]]);
  const log = createRoomLog({ redis: node.redis, clock: { now: () => new Date(nowMs) }, handlers });
  const room = newRoom();
  const draft = { id: newId(), signal: 'test.said', data: {} };
  const first = await log.append(room, draft);
  nowMs += 2;
  expect(await log.append(room, draft)).toMatchObject({ seq: first.seq, epoch: first.epoch, duplicate: true });
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
