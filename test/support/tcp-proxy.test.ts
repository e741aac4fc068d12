import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TcpProxy, tcpProxy } from './tcp-proxy.ts';
import { until } from './until.ts';

let echo: Server;
let proxy: TcpProxy;
let opened: Socket[];

beforeEach(async () => {
  opened = [];
  echo = createServer((socket) => {
    opened.push(socket);
    socket.on('error', () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  proxy = await tcpProxy(`tcp://127.0.0.1:${(echo.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await proxy.stop();
  for (const socket of opened) socket.destroy();
  await new Promise((resolve) => echo.close(resolve));
});

/** Somebody who writes and hears the echo. */
const open = () => {
  const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString();
  });
  socket.on('error', () => undefined);
  return { socket, heard: () => heard };
};

test('keeps the order of bytes while the link becomes slow and fast again', async () => {
  const { socket, heard } = open();
  let sent = '';
  for (let place = 0; place < 300; place += 1) {
    if (place === 100) proxy.slow({ delayMs: 1, jitterMs: 20, bytesPerSecond: 1_000_000 });
    if (place === 200) proxy.slow(null);
    const piece = `${place} `;
    sent += piece;
    socket.write(piece);
    if (place % 10 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => heard().length === sent.length);
  expect(heard()).toBe(sent);
  expect(proxy.counts().delayed).toBeGreaterThan(0);
});

test('carries no more than its bandwidth, and what it holds back arrives before the end', async () => {
  proxy.slow({ delayMs: 0, jitterMs: 0, bytesPerSecond: 100_000 });
  const { socket, heard } = open();
  const beganMs = performance.now();
  socket.end('x'.repeat(30_000));
  await once(socket, 'close');
  expect(heard()).toHaveLength(30_000);
  expect(performance.now() - beganMs).toBeGreaterThan(290);
});

test('closes what is there when it is cut, and takes new connections', async () => {
  const both = [open(), open()];
  for (const { socket } of both) socket.write('hello');
  await until(() => both.every(({ heard }) => heard() === 'hello'));
  expect(proxy.cut()).toBe(2);
  await Promise.all(both.map(({ socket }) => once(socket, 'close')));
  const after = open();
  after.socket.write('again');
  await until(() => after.heard() === 'again');
});

test('swallows bytes and ends until it is cut, and answers no new connection', async () => {
  const early = open();
  early.socket.write('heard ');
  await until(() => early.heard() === 'heard ');
  proxy.swallow(true);
  early.socket.write('lost');
  const late = open();
  late.socket.write('lost too');
  await until(() => proxy.counts().swallowed === 'lost'.length + 'lost too'.length);
  opened[0]?.destroy();
  await until(() => opened[0]?.destroyed);
  expect(early.socket.closed).toBe(false);
  expect(proxy.cut()).toBe(2);
  proxy.swallow(false);
  await Promise.all([once(early.socket, 'close'), once(late.socket, 'close')]);
  expect(early.heard() + late.heard()).toBe('heard ');
});
