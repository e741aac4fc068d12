import type { Socket } from 'socket.io';
import { expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { createLog } from '../../src/platform/log.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { createAudience } from '../../src/platform/rooms/audience.ts';
import type { EngineLog } from '../../src/platform/rooms/create-log.ts';
import type { Feed } from '../../src/platform/rooms/feed.ts';
import { createFollowed } from '../../src/platform/rooms/followed.ts';
import type { Connection } from '../../src/realtime/connections.ts';
import { createDelivery } from '../../src/realtime/delivery/delivery.ts';

const ROOM = 'test:large';
const EPOCH = 'first';
/** More than are written to in one turn of the event loop. */
const SEATS = 2_500;
const LAST = SEATS - 1;

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

const said = ([name, { entries = [] }]: Heard): (number | string)[] =>
  name === 'room.entries' ? entries.map(({ seq }) => seq) : [name];
const all = (heard: Heard[]) => heard.flatMap(said);

const openRoom = async (seats: number) => {
  const logger = createLog('silent');
  // Safe: nothing is older than the ring of recent entries, so that the log is not asked.
  const log = {} as EngineLog;
  const followed = createFollowed({ room: ROOM, log, logger, onGap: () => undefined, onUnsure: () => undefined });
  followed.epoch = EPOCH;
  const feed = { follow: async () => followed } as unknown as Feed;
  const parts = { feed, log, logger, metrics: createMetrics(), audience: createAudience() };
  const delivery = createDelivery({ ...parts, mayWatch: async () => true, onSeatsChanged: () => undefined });
  const watch = async ({ connection }: { connection: Connection }, seq?: number): Promise<number[]> => {
    const after = seq === undefined ? undefined : { epoch: EPOCH, seq };
    const asked = { connection, room: ROOM, after, isPassive: false, askedAtMs: performance.now(), maxEntries: 100 };
    const { entries, release } = await delivery.seat(asked);
    release();
    return entries.map((entry) => entry.seq);
  };
  const people = Array.from({ length: seats }, newConnection);
  for (const each of people) await watch(each);
  const person = (place: number) => {
    const found = people[place];
    if (!found) throw new Error(`nobody sits at ${place}`);
    return found;
  };
  const append = (evicts: string[] = []): void => {
    const body = '"signal":"test.said","data":{}';
    const entry = { seq: followed.seq + 1, atMs: Date.now(), ordinal: 0, body, hidden: '', affects: evicts, evicts };
    followed.hear({ epoch: EPOCH, durable: 0, entry });
  };
  return { delivery, people, person, watch, append };
};

/** What is written in slices is written by then. */
const nextTurns = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

test('E9: a room of 2,500 seats is written in turns, to nobody twice and to nobody who has left', async () => {
  const { delivery, people, person, watch, append } = await openRoom(SEATS);
  append();
  expect(all(person(0).heard)).toEqual([1]);
  expect(person(LAST).heard).toEqual([]);
  // Before their turn one is removed, one leaves, one leaves and comes again, and one comes.
  const [removed, left, again, comes] = [person(LAST), person(LAST - 1), person(LAST - 2), newConnection()];
  append([removed.connection.actor.userId]);
  delivery.unseat(left.connection, ROOM);
  delivery.unseat(again.connection, ROOM);
  const answers = await Promise.all([watch(again, 0), watch(comes, 0)]);
  await nextTurns();
  expect(all(removed.heard)).toEqual(['room.left']);
  expect(left.heard).toEqual([]);
  for (const [place, { heard }] of [again, comes].entries()) {
    expect([...(answers[place] ?? []), ...all(heard)]).toEqual([1, 2]);
  }
  const others = people.slice(0, LAST - 2).map(({ heard }) => heard.flatMap(said).join());
  expect(new Set(others)).toEqual(new Set(['1,2']));
  delivery.stop();
});
