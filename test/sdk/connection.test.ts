import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { backoffMs } from '../../src/sdk/backoff.ts';
import type { Client } from '../../src/sdk/client.ts';
import type { Status } from '../../src/sdk/connection.ts';
import type { Chat } from './fixture/chat.ts';
import { closeClients, connect } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let chat: Chat;
let bob: Client;
let phases: Status['phase'][];

beforeEach(async () => {
  server = await FixtureServer.start();
  chat = server.chat('room-1', ['ann', 'bob']);
  bob = await connect(server, 'bob');
  phases = [];
  bob.onStatus(({ phase }) => phases.push(phase));
});

afterEach(async () => {
  vi.restoreAllMocks();
  closeClients();
  await server.stop();
});

test('waits anywhere between nothing and a bound that doubles up to 15 s', () => {
  const bounds = Array.from({ length: 8 }, (_, attempt) => backoffMs(attempt, () => 1));
  expect(bounds).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
  expect(backoffMs(3, () => 0)).toBe(0);
});

test('knows the node it is on', () => {
  expect(bob.status()).toMatchObject({ phase: 'online', ready: { nodeId: 'node-1', userId: 'bob' } });
});

test('comes back after a cut, by way of waiting', async () => {
  server.cut();
  await vi.waitFor(() => expect(phases).toEqual(['waiting', 'connecting', 'online']));
});

test('does not wait longer than it must when the application knows better', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(1);
  await server.stop();
  await vi.waitFor(() => expect(phases.filter((phase) => phase === 'waiting').length).toBeGreaterThan(1));
  server = await FixtureServer.start(server);
  const startedAt = Date.now();
  bob.reconnectNow();
  await bob.online();
  expect(Date.now() - startedAt).toBeLessThan(900);
});

test('keeps to the time the server names when it is overloaded', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0);
  for (const socket of server.sockets) {
    socket.emit('session.closed', { code: 'OVERLOADED', retryable: true, retryAfterMs: 700 });
    socket.disconnect(true);
  }
  const closedAt = Date.now();
  await vi.waitFor(() => expect(phases).toContain('waiting'));
  await bob.online();
  expect(Date.now() - closedAt).toBeGreaterThanOrEqual(690);
});

test('stays away when the server closed it for good, and says why', async () => {
  for (const socket of server.sockets) {
    socket.emit('session.closed', { code: 'UNAUTHENTICATED', retryable: false });
    socket.disconnect(true);
  }
  await vi.waitFor(() =>
    expect(bob.status()).toMatchObject({ phase: 'signedOut', error: { code: 'UNAUTHENTICATED' } }),
  );
  expect(bob.userId()).toBeNull();
});

describe('when its node is about to stop', () => {
  test('moves to another at the named moment, before the old connection closes, and misses nothing', async () => {
    const heard: unknown[] = [];
    const gaps: unknown[] = [];
    const subscription = bob.watch('chat:room-1', {
      onEntries: (entries) => heard.push(...entries.map(({ seq }) => seq)),
      onGap: (gap) => gaps.push(gap),
    });
    await vi.waitFor(() => expect(subscription.position()).not.toBeNull());
    const [old] = server.sockets;
    server.nodeId = 'node-2';
    const speak = setInterval(() => {
      chat.send('ann', { clientId: `id-${chat.log.seq}`, body: 'on and on', seq: 0, emoji: '' });
      server.deliver(chat);
    }, 5);
    const drainedAt = Date.now();
    old?.emit('session.drain', { afterMs: 300 });
    await vi.waitFor(() => expect(bob.status()).toMatchObject({ phase: 'online', ready: { nodeId: 'node-2' } }));
    expect(Date.now() - drainedAt).toBeGreaterThanOrEqual(295);
    await vi.waitFor(() => expect(old?.connected).toBe(false));
    clearInterval(speak);
    await vi.waitFor(() => expect(heard.at(-1)).toBe(chat.log.seq));
    expect(heard).toEqual(Array.from({ length: chat.log.seq }, (_, index) => index + 1));
    expect(gaps).toEqual([]);
    expect(phases).toEqual(['online']);
  });

  test('stays where it is when no other takes it, until it is closed', async () => {
    const [old] = server.sockets;
    const verify = vi.spyOn(server.accounts, 'verify').mockImplementation(() => {
      throw new AppError('OVERLOADED', 'This node is about to stop.');
    });
    old?.emit('session.drain', { afterMs: 0 });
    await vi.waitFor(() => expect(verify).toHaveBeenCalled());
    expect(bob.status().phase).toBe('online');
    verify.mockRestore();
    old?.disconnect(true);
    await vi.waitFor(() => expect(phases).toEqual(['waiting', 'connecting', 'online']));
  });

  test('lets an open call finish on the old connection', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const [old] = server.sockets;
    old?.prependAny((_operation: string, _input: unknown, acknowledge: (answer: object) => void) => {
      void held.then(() => acknowledge({ ok: true, data: { seq: 1 } }));
    });
    server.faults.call = () => 'ignore';
    const answer = bob.call('chat.read', { chatId: 'room-1', seq: 1 });
    server.nodeId = 'node-2';
    old?.emit('session.drain', { afterMs: 0 });
    await vi.waitFor(() => expect(bob.status()).toMatchObject({ ready: { nodeId: 'node-2' } }));
    release();
    expect(await answer).toEqual({ seq: 1 });
    await vi.waitFor(() => expect(old?.connected).toBe(false));
  });
});
