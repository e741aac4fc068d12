import type { Socket } from 'socket.io';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { createAudience } from '../../src/platform/rooms/audience.ts';
import type { EngineLog } from '../../src/platform/rooms/create-log.ts';
import type { Feed } from '../../src/platform/rooms/feed.ts';
import { createFollowed } from '../../src/platform/rooms/followed.ts';
import type { Connection } from '../../src/realtime/connections.ts';
import { createDelivery } from '../../src/realtime/delivery/delivery.ts';

const ROOM = 'test:passive';
const EPOCH = 'first';

/** Frames as a client gets them: a name, then what it says. */
type Heard = [string, { entries?: { seq: number }[] }];

/** A connection whose socket keeps what is written to it. */
const newConnection = () => {
  const heard: Heard[] = [];
  const insides = {
    readyState: 'open',
    writeBuffer: [],
    transport: { name: 'kept' },
    write: (packet: string) => heard.push(JSON.parse(packet.slice(1)) as Heard),
  };
  const socket = { connected: true, conn: insides, join: () => undefined, leave: () => undefined };
  const connection = {
    id: newId(),
    // Safe: what delivery asks of a socket, which writes the way of transports that are no WebSocket.
    socket: socket as unknown as Socket,
    actor: { userId: newId(), sessionId: newId(), role: 'USER' },
    seats: new Map(),
  } as unknown as Connection;
  return { connection, heard };
};

const openRoom = async () => {
  const logger = createLog('silent');
  // Safe: nothing is older than the ring of recent entries, so that the log is not asked.
  const log = {} as EngineLog;
  const followed = createFollowed({ room: ROOM, log, logger, onGap: () => undefined, onUnsure: () => undefined });
  followed.epoch = EPOCH;
  const feed = { follow: async () => followed } as unknown as Feed;
  const audience = createAudience();
  const delivery = createDelivery({
    feed,
    log,
    logger,
    metrics: createMetrics(),
    audience,
    mayWatch: async () => true,
    onSeatsChanged: () => undefined,
  });
  const watch = async (isPassive: boolean) => {
    const { connection, heard } = newConnection();
    const asked = {
      connection,
      room: ROOM,
      after: undefined,
      isPassive,
      askedAtMs: performance.now(),
      maxEntries: 100,
    };
    (await delivery.seat(asked)).release();
    return { connection, heard };
  };
  const append = (): void => {
    const body = '"signal":"test.said","data":{}';
    const entry = { seq: followed.seq + 1, atMs: Date.now(), ordinal: 0, body, hidden: '', affects: [], evicts: [] };
    followed.hear({ epoch: EPOCH, durable: 0, entry });
  };
  const tick = (): void => followed.listener?.onEphemera('test.ticked', '{}');
  return { delivery, audience, watch, append, tick };
};

const seqsOf = (heard: Heard[]): number[] =>
  heard.flatMap(([name, { entries = [] }]) => (name === 'room.entries' ? entries.map(({ seq }) => seq) : []));
const framesOf = (heard: Heard[], wanted: string): number => heard.filter(([name]) => name === wanted).length;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('who watches passively gets every entry in order, in one frame a second, and a tick a second', async () => {
  const { delivery, audience, watch, append, tick } = await openRoom();
  const [active, passive] = [await watch(false), await watch(true)];
  for (let round = 0; round < 50; round += 1) {
    append();
    tick();
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(2_000);
  const all = Array.from({ length: 50 }, (_, place) => place + 1);
  expect([seqsOf(active.heard), seqsOf(passive.heard)]).toEqual([all, all]);
  expect(framesOf(active.heard, 'room.entries')).toBe(50);
  expect(framesOf(passive.heard, 'room.entries')).toBeLessThanOrEqual(7);
  expect([framesOf(active.heard, 'test.ticked'), framesOf(passive.heard, 'test.ticked')]).toEqual([50, 5]);
  // On the screen again: the same seat, at once.
  expect(audience.count(ROOM)).toBe(2);
  delivery.stop();
});

test('a person with two seats is one of the audience, until the last of them is left', async () => {
  const { delivery, audience, watch } = await openRoom();
  const { connection } = await watch(false);
  const second = { ...newConnection().connection, actor: connection.actor } as Connection;
  const asked = { room: ROOM, after: undefined, isPassive: true, askedAtMs: performance.now(), maxEntries: 100 };
  (await delivery.seat({ ...asked, connection: second })).release();
  // The same connection takes its place anew.
  (await delivery.seat({ ...asked, connection: second })).release();
  expect([audience.count(ROOM), audience.rooms('test')]).toEqual([1, [ROOM]]);
  delivery.unseat(second, ROOM);
  expect(audience.count(ROOM)).toBe(1);
  delivery.dismiss(connection);
  expect([audience.count(ROOM), audience.rooms('test')]).toEqual([0, []]);
  delivery.stop();
});
