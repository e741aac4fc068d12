import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ask, Session } from '../../../load/generator/session.ts';

describe('a session with a Socket.IO server', () => {
  let io: Server;
  let port: number;

  beforeEach(async () => {
    const http = createServer();
    io = new Server(http, { transports: ['websocket'], pingInterval: 50, pingTimeout: 150 });
    io.use((socket, next) => next(socket.handshake.auth.token === 'wrong' ? new Error('UNAUTHENTICATED') : undefined));
    io.on('connection', (socket) => {
      socket.on('echo', (input: unknown, ack: (answer: unknown) => void) => ack(input));
      socket.on('say', (text: string) => socket.emit('said', text));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    port = (http.address() as AddressInfo).port;
  });

  afterEach(() => io.close());

  const open = (token = 'right') =>
    Session.open({ address: { host: '127.0.0.1', port }, connectPacket: `40${JSON.stringify({ token })}` });

  test.each([0, 1, 100, 126, 70_000, 200_000])('gets back %i characters unchanged', async (length) => {
    const session = await open();
    const text = 'ধা€x'.repeat(length).slice(0, length);
    expect(await ask(session, 'echo', JSON.stringify({ text }))).toEqual({ text });
    session.close();
  });

  test('keeps answers to concurrent calls apart', async () => {
    const session = await open();
    const answers = await Promise.all([1, 2, 3, 4].map((number) => ask(session, 'echo', String(number))));
    expect(answers).toEqual([1, 2, 3, 4]);
    expect(session.unanswered).toBe(0);
    session.close();
  });

  test('hands on event packets as they are', async () => {
    const session = await open();
    const packets: string[] = [];
    session.listener = { packet: (bytes, start, end) => packets.push(bytes.toString('utf8', start, end)) };
    session.call('say', '"hello"', () => {});
    await vi.waitFor(() => expect(packets).toEqual(['42["said","hello"]']));
    session.close();
  });

  test('answers heartbeats, so that the server keeps it', async () => {
    const session = await open();
    const rounds: string[] = [];
    const socket = [...io.of('/').sockets.values()][0];
    socket?.conn.on('heartbeat', () => rounds.push('pong'));
    await vi.waitFor(() => expect(rounds.length).toBeGreaterThan(5), { timeout: 5_000 });
    expect(session.endReason).toBeUndefined();
    session.close();
  });

  test('is refused with the reason of the server', async () => {
    await expect(open('wrong')).rejects.toThrow(/UNAUTHENTICATED/);
  });

  test('says that it was ended, and why', async () => {
    const session = await open();
    io.disconnectSockets(true);
    await vi.waitFor(() => expect(session.endReason).toMatch(/ended by the server/));
  });

  test('fails where nobody listens', async () => {
    const nobody = { address: { host: '127.0.0.1', port: 1 }, connectPacket: '40' };
    await expect(Session.open(nobody)).rejects.toThrow(/ECONNREFUSED/);
  });
});
