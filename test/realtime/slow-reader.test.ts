import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { newId } from '../../src/platform/ids.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, collect, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  node = await world.startNode();
});
afterAll(() => world.stop());

/** A client that speaks the protocol by hand, so that it can stop reading. */
const rawReader = async (room: string) => {
  const socket = new WebSocket(`${node.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const seqs: number[] = [];
  const gaps: number[] = [];
  let watching = false;
  socket.on('message', (raw) => {
    const text = String(raw);
    if (text.startsWith('0')) socket.send(`40{"token":"${tokenFor(newId())}"}`);
    if (text === '2') socket.send('3');
    if (text.startsWith('40{')) socket.send(`421["room.watch",{"room":"${room}"}]`);
    if (text.startsWith('431')) watching = true;
    if (text.startsWith('42["room.gap"')) gaps.push(JSON.parse(text.slice(2))[1].seq);
    if (text.startsWith('42["room.entries"')) {
      for (const { seq } of JSON.parse(text.slice(2))[1].entries) seqs.push(seq);
    }
  });
  await until(() => watching);
  return { socket, seqs, gaps };
};

const slowCount = async (action: string) =>
  (await node.metrics.slowConsumers.get()).values.find(({ labels }) => labels.action === action)?.value ?? 0;

test('keeps little for a reader that stopped reading, and brings it all when it reads again', async () => {
  const room = `test:${newId()}`;
  const stuck = await rawReader(room);
  const reader = world.connect(node.url);
  const seen = collect(reader, room);
  await call(reader, 'room.watch', { room });
  stuck.socket.pause();
  const body = 'x'.repeat(8_000);
  const total = 3_000;
  for (let from = 0; from < total; from += 50) {
    await Promise.all(
      Array.from({ length: 50 }, () => node.log.append(room, { id: newId(), signal: 'test.said', data: { body } })),
    );
  }
  await until(() => seen.seqs.length === total, { what: 'the other reader to have everything' });
  expect(await slowCount('lag')).toBeGreaterThan(0);
  // 24 MB went through the room; what the node holds for the stuck reader is a frame above its bound at most.
  const held = [...node.bus.io.sockets.sockets.values()].map(
    // Safe: only looked at.
    (socket) =>
      (socket.conn as unknown as { transport: { socket: { _socket: { writableLength: number } } } }).transport.socket
        ._socket.writableLength,
  );
  expect(Math.max(...held)).toBeLessThan(400_000);
  expect(stuck.seqs.length).toBeLessThan(total);
  stuck.socket.resume();
  await until(() => stuck.seqs.length >= total, { withinMs: 20_000, what: 'the stuck reader to have everything' });
  expect(stuck.seqs).toEqual(Array.from({ length: total }, (_, n) => n + 1));
  expect(stuck.gaps).toEqual([]);
  stuck.socket.terminate();
});
