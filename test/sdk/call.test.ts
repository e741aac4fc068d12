import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type Client, createClient } from '../../src/sdk/client.ts';
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

test('keeps the order of changes to one message, repeats included', async () => {
  const chat = server.chat('room-2', ['ann', 'bob']);
  const { seq } = await bob.chat('room-2').send('v0').accepted;
  fates('chat.edit', 'cut', { refuse: 'OVERLOADED', retryAfterMs: 30 });
  const edits = ['v1', 'v2', 'v3'].map((body) => bob.chat('room-2').edit({ seq }, body));
  await Promise.all(edits);
  expect(chat.messages).toMatchObject([{ body: 'v3' }]);
  expect(callsOf('chat.edit').map(({ body }) => body)).toEqual(['v1', 'v1', 'v1', 'v2', 'v3']);
});

test('does not let one message wait for another', async () => {
  server.chat('room-2', ['ann', 'bob']);
  const [one, two] = [bob.chat('room-2').send('one'), bob.chat('room-2').send('two')];
  const [first, second] = [await one.accepted, await two.accepted];
  fates('chat.edit', 'ignore');
  void bob
    .chat('room-2')
    .edit(first, 'slow')
    .catch(() => undefined);
  await bob.chat('room-2').edit(second, 'quick');
  expect(callsOf('chat.edit').map(({ body }) => body)).toEqual(['slow', 'quick']);
});

test('goes on after a change that failed', async () => {
  server.chat('room-2', ['ann', 'bob']);
  const { seq } = await bob.chat('room-2').send('v0').accepted;
  fates('chat.edit', { refuse: 'FORBIDDEN' });
  const [refused, next] = [bob.chat('room-2').edit({ seq }, 'v1'), bob.chat('room-2').edit({ seq }, 'v2')];
  await expect(refused).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await next;
});

describe('somebody who signs in', () => {
  const input = { email: 'ann', password: 'correct' };

  test('is told the server’s sentence', async () => {
    const client = createClient({ url: server.url });
    const wrong = client.login({ ...input, password: 'wrong' });
    await expect(wrong).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'Wrong.' });
  });

  test('is told at once that nobody is at the address, with the cause', async () => {
    const absent = createClient({ url: 'http://127.0.0.1:9' });
    await expect(absent.login(input)).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: false });
    await expect(absent.login(input)).rejects.toThrow(/127\.0\.0\.1:9.*(ECONNREFUSED|bad port)/);
  });

  test('is told at once that something else is at the address', async () => {
    const other = createServer((_request, response) => response.writeHead(404).end('<h1>Not here</h1>'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const client = createClient({ url: `http://127.0.0.1:${port}` });
    const signingIn = client.login(input);
    await expect(signingIn).rejects.toMatchObject({ code: 'UNREACHABLE', retryable: false });
    await expect(signingIn).rejects.toThrow(/answered session\.login with 404.*not the address of a Rally server/);
    other.close();
  });

  test('is told at once that the address is none', () => {
    expect(() => createClient({ url: 'rally.example' })).toThrow(/url: "rally.example" must be like/);
    expect(() => createClient({ url: 'ws://rally.example' })).toThrow(TypeError);
  });

  test('goes on trying where the server has answered before', async () => {
    await bob.logout();
    await server.stop();
    const signingIn = bob.login({ email: 'bob', password: 'correct' });
    server = await FixtureServer.start(server);
    expect(await signingIn).toMatchObject({ id: 'bob' });
  });
});

test('says why there is no connection', async () => {
  const { port } = new URL(server.url);
  await server.stop();
  await vi.waitFor(() => expect(bob.status().phase).toBe('waiting'));
  await expect(bob.online(2_000)).rejects.toThrow(
    new RegExp(`No connection to http://127.0.0.1:${port}.*ECONNREFUSED`),
  );
  server = await FixtureServer.start(server);
});
