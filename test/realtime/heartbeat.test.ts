import { createServer } from 'node:http';
import type { AddressInfo, Socket as NetSocket } from 'node:net';
import { Server, type Socket as ServerSocket } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHeartbeat } from '../../src/realtime/heartbeat.ts';
import { until } from '../support/until.ts';

const INTERVAL_MS = 1_000;
const http = createServer();
const server = new Server(http, { transports: ['websocket'], pingInterval: INTERVAL_MS, pingTimeout: 700 });
const heartbeat = createHeartbeat(INTERVAL_MS);
const clients: Socket[] = [];
let url: string;

beforeAll(async () => {
  server.on('connection', (socket) => heartbeat.keep(socket));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
});
afterAll(async () => {
  for (const client of clients) client.close();
  heartbeat.stop();
  await server.close();
});

const connect = async (): Promise<{ client: Socket; served: ServerSocket; pings: () => number }> => {
  const client = io(url, { transports: ['websocket'], reconnection: false });
  clients.push(client);
  let pings = 0;
  client.io.on('ping', () => {
    pings += 1;
  });
  const served = await until(() => server.sockets.sockets.get(client.id ?? ''));
  return { client, served, pings: () => pings };
};

test('pings each socket in its turn, and only those who answer stay', async () => {
  const [first, second, frozen] = [await connect(), await connect(), await connect()];
  let answers = 0;
  first.served.conn.on('heartbeat', () => {
    answers += 1;
  });
  let end = '';
  frozen.served.on('disconnect', (reason) => {
    end = reason;
  });
  // Safe: only paused, so that the peer is there and says nothing.
  const wire = frozen.client.io.engine.transport as unknown as { ws: { _socket: NetSocket } };
  const { _socket: tcp } = wire.ws;
  tcp.pause();
  await until(() => first.pings() >= 4 && second.pings() >= 4, { what: 'four pings' });
  expect(answers).toBeGreaterThanOrEqual(3);
  expect([first.client.connected, second.client.connected]).toEqual([true, true]);
  expect(end).toBe('ping timeout');
  tcp.destroy();
});

test('is the only one that pings', async () => {
  const { served } = await connect();
  // Safe: only looked at. With another version of engine.io this fails before anybody is pinged twice or never.
  const engine = served.conn as unknown as { pingIntervalTimer: unknown };
  expect(engine.pingIntervalTimer).toBeNull();
});
