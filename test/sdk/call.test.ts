import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../src/sdk/client.ts';
import { closeClients, connect } from './fixture/people.ts';
import { type Faults, FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let bob: Client;

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.02);
  server = await FixtureServer.start();
  server.chat('room-1', ['ann', 'bob']);
  bob = await connect(server, 'bob');
});

afterEach(async () => {
  vi.restoreAllMocks();
  closeClients();
  await server.stop();
});

/** Gives these fates to the calls of one operation, in turn; then all are answered. */
const fates = (operation: string, ...turns: ReturnType<Faults['call']>[]): void => {
  server.faults.call = (name) => (name === operation ? (turns.shift() ?? 'answer') : 'answer');
};

const callsOf = (operation: string): Record<string, unknown>[] =>
  server.calls.filter((call) => call.operation === operation).map(({ input }) => input);

test('throws what the server answered, whole', async () => {
  const call = bob.call('chat.edit', { chatId: 'room-1', seq: 7, body: 'never said' });
  await expect(call).rejects.toMatchObject({ name: 'RallyError', code: 'NOT_FOUND', retryable: false, issues: [] });
  fates('chat.edit', { refuse: 'RATE_LIMITED', retryAfterMs: 1_234 });
  const limited = bob.call('chat.edit', { chatId: 'room-1', seq: 7, body: 'too often' });
  await expect(limited).rejects.toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 1_234 });
});

test('repeats a committed operation under the same key, whatever became of its answer', async () => {
  fates('chat.leave', { refuse: 'COMMIT_TIMEOUT' }, { refuse: 'OVERLOADED', retryAfterMs: 10 }, 'cut');
  await bob.call('chat.leave', { chatId: 'room-1' });
  const keys = callsOf('chat.leave').map(({ idempotencyKey }) => idempotencyKey);
  expect(keys).toHaveLength(4);
  expect(new Set(keys).size).toBe(1);
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
});

test('gives each intended change a key of its own, unless the caller chooses it', async () => {
  await bob.call('chat.leave', { chatId: 'room-1' });
  await bob.call('chat.leave', { chatId: 'room-1' });
  await bob.call('chat.leave', { chatId: 'room-1' }, { idempotencyKey: 'mine' });
  const keys = callsOf('chat.leave').map(({ idempotencyKey }) => idempotencyKey);
  expect(new Set(keys).size).toBe(3);
  expect(keys[2]).toBe('mine');
});

test('sends no key with what is not committed', async () => {
  await bob.call('chat.history', { chatId: 'room-1' });
  expect(callsOf('chat.history')).toEqual([{ chatId: 'room-1' }]);
});

test('asks again for what the connection lost', async () => {
  fates('chat.history', 'cut');
  const page = await bob.call('chat.history', { chatId: 'room-1' });
  expect(page.items).toEqual([]);
  expect(callsOf('chat.history')).toHaveLength(2);
});

test('never repeats what is about now or nothing', async () => {
  fates('chat.type', 'cut');
  await expect(bob.call('chat.type', { chatId: 'room-1' })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await expect(bob.call('chat.type', { chatId: 'room-1' })).rejects.toMatchObject({ code: 'UNREACHABLE' });
  await bob.online();
  expect(callsOf('chat.type')).toHaveLength(1);
});

test('gives up in time when nobody answers', async () => {
  fates('chat.history', 'ignore');
  const startedAt = Date.now();
  const call = bob.call('chat.history', { chatId: 'room-1' }, { timeoutMs: 300 });
  await expect(call).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: true });
  expect(Date.now() - startedAt).toBeLessThan(2_000);
});

test('hears signals that come to the socket directly, over a reconnect, until it stops', async () => {
  const typing: string[][] = [];
  const stop = bob.on('chat.typing', ({ users }) => typing.push(users));
  const tell = (user: string): void => {
    for (const socket of server.sockets) socket.emit('chat.typing', { room: 'chat:room-1', users: [user], count: 1 });
  };
  tell('ann');
  await vi.waitFor(() => expect(typing).toEqual([['ann']]));
  const phases: string[] = [];
  bob.onStatus(({ phase }) => phases.push(phase));
  server.cut();
  await vi.waitFor(() => expect(phases.at(-1)).toBe('online'));
  tell('cy');
  await vi.waitFor(() => expect(typing).toEqual([['ann'], ['cy']]));
  stop();
  tell('dee');
  await bob.call('chat.history', { chatId: 'room-1' });
  expect(typing).toHaveLength(2);
});
