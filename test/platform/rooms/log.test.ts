import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../src/platform/ids.ts';
import { logKey, metaKey } from '../../../src/platform/rooms/keys.ts';
import { freshRedis } from '../../support/databases.ts';
import { createRoomWorld, newRoom } from './room-world.ts';

/** Entries of a room that may wait to be stored. */
const MAX_UNDURABLE = 20_000;

const world = createRoomWorld();
let node: Awaited<ReturnType<typeof world.node>>;

beforeAll(async () => {
  node = await world.node(await freshRedis());
});
afterAll(() => world.close());

const draft = (fields: object = {}) => ({
  id: newId(),
  signal: 'test.said',
  by: newId(),
  data: { body: 'hi' },
  ...fields,
});

test('numbers a new room from 1 without holes, whoever appends', async () => {
  const room = newRoom();
  const appended = await Promise.all(
    Array.from({ length: 200 }, () => node.log.append(room, draft({ counted: true }))),
  );
  expect(appended.map(({ seq }) => seq).sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, i) => i + 1));
  expect(new Set(appended.map(({ ordinal }) => ordinal)).size).toBe(200);
  expect(new Set(appended.map(({ epoch }) => epoch)).size).toBe(1);
});

test('appends once for a hundred repeats of one id and answers each the same', async () => {
  const room = newRoom();
  const same = draft();
  const appended = await Promise.all(Array.from({ length: 100 }, () => node.log.append(room, same)));
  expect(new Set(appended.map(({ seq, atMs }) => `${seq} ${atMs}`)).size).toBe(1);
  expect(appended.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
  expect((await node.log.position(room)).seq).toBe(1);
});

test('counts only what is counted', async () => {
  const room = newRoom();
  await node.log.append(room, draft({ counted: true }));
  const plain = await node.log.append(room, draft());
  const counted = await node.log.append(room, draft({ counted: true }));
  expect([plain.ordinal, counted.ordinal]).toEqual([0, 2]);
});

test('gives entries back as they were appended, hidden part included', async () => {
  const room = newRoom();
  const by = newId();
  await node.log.append(room, draft({ by, data: { body: 'a|b "c" \n ü' }, hidden: { changes: [1] } }));
  const [entry] = await node.log.after(room, 0, 10);
  expect(entry).toMatchObject({
    seq: 1,
    signal: 'test.said',
    by,
    data: { body: 'a|b "c" \n ü' },
    hidden: { changes: [1] },
  });
});

test('refuses a room that does not exist', async () => {
  await expect(node.log.append(`none:${newId()}`, draft())).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('goes on under a new epoch above every stored number when Redis lost the room, and still knows recent ids', async () => {
  const room = newRoom();
  const known = draft();
  const first = await node.log.append(room, known);
  world.stored.set(room.slice(5), { seq: 40, ordinal: 30, recent: [{ id: known.id, seq: first.seq }] });
  await node.redis.flushdb();
  const repeat = await node.log.append(room, known);
  const next = await node.log.append(room, draft({ counted: true }));
  expect(repeat).toMatchObject({ seq: first.seq, duplicate: true });
  expect(next.epoch).not.toBe(first.epoch);
  expect(next.seq).toBeGreaterThan(40 + MAX_UNDURABLE);
  expect(next.ordinal).toBe(31);
});

test('skips numbers in a room that nothing is stored of, unless it was made this moment', async () => {
  const [lost, made] = [newRoom(), newRoom()];
  world.stored.set(lost.slice(5), { seq: 0, ordinal: 0, recent: [] });
  world.stored.set(made.slice(5), { seq: 0, ordinal: 0, recent: [] });
  await node.log.begin(made);
  expect((await node.log.append(lost, draft())).seq).toBeGreaterThan(MAX_UNDURABLE);
  expect((await node.log.append(made, draft())).seq).toBe(1);
  await node.log.begin(made);
  expect((await node.log.append(made, draft())).seq).toBe(2);
});

test('changes the epoch when the log was written to another Redis process, and keeps what survived', async () => {
  const room = newRoom();
  const before = await node.log.append(room, draft());
  await node.redis.hset(metaKey(room), 'i', 'another-process');
  const after = await node.log.append(room, draft());
  expect(after.epoch).not.toBe(before.epoch);
  expect(after.seq).toBeGreaterThan(before.seq + MAX_UNDURABLE);
  expect((await node.log.after(room, 0, 10)).map(({ seq }) => seq)).toEqual([before.seq, after.seq]);
});

test('counts what waits to be stored without the numbers that a new epoch skipped', async () => {
  const room = newRoom();
  const before = await node.log.append(room, draft());
  await node.redis.hset(metaKey(room), 'i', 'another-process');
  const first = await node.log.append(room, draft());
  await node.redis.hset(metaKey(room), 's', first.seq + MAX_UNDURABLE - 3);
  await node.redis.del(logKey(room));
  expect((await node.log.append(room, draft())).seq).toBeGreaterThan(before.seq + MAX_UNDURABLE);
  await expect(node.log.append(room, draft())).rejects.toMatchObject({ code: 'OVERLOADED' });
});

test('opens a room once for all who find it closed', async () => {
  const room = newRoom();
  const before = world.seeds();
  await Promise.all(Array.from({ length: 300 }, () => node.log.append(room, draft())));
  expect(world.seeds() - before).toBe(1);
});

test('refuses with a retry time when storing lags too far behind, but still answers repeats', async () => {
  const room = newRoom();
  const known = draft();
  await node.log.append(room, known);
  await node.redis.hset(metaKey(room), 's', 20_001);
  await expect(node.log.append(room, draft())).rejects.toMatchObject({
    code: 'OVERLOADED',
    details: { retryAfterMs: expect.any(Number) },
  });
  await expect(node.log.append(room, known)).resolves.toMatchObject({ seq: 1, duplicate: true });
});

test('tells what PostgreSQL may not have, and seeds nothing by telling', async () => {
  const [busy, cold] = [newRoom(), newRoom()];
  await node.log.append(busy, draft());
  const found = await node.log.undurable([busy, cold]);
  expect([...found.keys()]).toEqual([busy]);
  expect(found.get(busy)?.entries).toHaveLength(1);
  expect(await node.redis.exists(metaKey(cold))).toBe(0);
});
