import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../../src/platform/db/client.ts';

let server: Server | undefined;
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);

afterEach(() => {
  process.off('uncaughtException', note);
  server?.close();
});

/** A message of PostgreSQL's protocol, version 3: a letter, the length with itself, the content. */
const message = (letter: string, content: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(content.length + 4);
  return Buffer.concat([Buffer.from(letter), length, content]);
};

const AUTHENTICATED = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const DYING = message(
  'E',
  Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0'),
);

test('a connection that dies while it is handed over fails a transaction, and does not end the process', async () => {
  // In one packet: the connection is ready, and it is over.
  server = createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.concat([AUTHENTICATED, READY, DYING])));
    socket.on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Safe: it listens on TCP.
  const { port } = server.address() as AddressInfo;
  process.on('uncaughtException', note);
  const database = openDatabase(`postgresql://rally@127.0.0.1:${port}/rally`, 1);
  await expect(database.$transaction((tx) => tx.$queryRaw`SELECT 1`)).rejects.toThrow();
  await database.$disconnect();
  expect(uncaught).toEqual([]);
});
