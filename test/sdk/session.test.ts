import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createClient } from '../../src/sdk/client.ts';
import { type ClientStorage, memoryStorage } from '../../src/sdk/storage.ts';
import { readToken } from '../../src/sdk/token.ts';
import { closeClients, connect, restart, withTokens } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

let server: FixtureServer;

beforeEach(async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.02);
  server = await FixtureServer.start();
  server.chat('room-1', ['ann', 'bob']);
});

afterEach(async () => {
  vi.restoreAllMocks();
  closeClients();
  await server.stop();
});

const refreshed = (): unknown[] => server.calls.filter(({ operation }) => operation === 'session.refresh');

/** What is left in storage by someone whose access token has ended since. */
const endedToken = async (): Promise<ClientStorage> => {
  const storage = memoryStorage();
  (await connect(server, 'bob', storage)).close();
  const held = JSON.parse((await storage.get('rally:session')) ?? '');
  await storage.set('rally:session', JSON.stringify({ ...held, expiresAt: new Date().toISOString() }));
  return storage;
};

test('refuses a wrong password with the server’s own error, and connects nobody', async () => {
  const client = createClient({ url: server.url });
  await expect(client.login({ email: 'bob', password: 'wrong' })).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect(client.status().phase).toBe('signedOut');
  await expect(client.call('chat.list')).rejects.toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
});

test('goes on after a restart with what is stored', async () => {
  const storage = memoryStorage();
  (await connect(server, 'bob', storage)).close();
  const again = await restart(server, storage);
  expect(await again.online()).toMatchObject({ userId: 'bob' });
});

test('takes a session got elsewhere', async () => {
  const client = withTokens(server, 'ann');
  expect(await client.start()).toBe(true);
  expect(await client.online()).toMatchObject({ userId: 'ann' });
});

test('renews when the server says the token ends, and tells the live connection', async () => {
  const bob = await connect(server, 'bob');
  server.sockets[0]?.emit('session.expiring', { expiresAt: new Date().toISOString() });
  await vi.waitFor(() => expect(refreshed()).toHaveLength(1));
  expect(server.accounts.renewals).toBe(1);
  expect(bob.status().phase).toBe('online');
});

test('renews by itself in time before the token ends', async () => {
  server.accounts.lifetimeMs = 2_000;
  await connect(server, 'bob');
  server.accounts.lifetimeMs = 900_000;
  await vi.waitFor(() => expect(refreshed()).toHaveLength(1), { timeout: 5_000 });
});

test('renews a token that ended while nobody was connected', async () => {
  const storage = await endedToken();
  await (await restart(server, storage)).online();
  expect(server.accounts.renewals).toBe(1);
});

test('renews when the server finds the token too old, though this clock does not', async () => {
  const storage = memoryStorage();
  (await connect(server, 'bob', storage)).close();
  const verify = server.accounts.verify.bind(server.accounts);
  vi.spyOn(server.accounts, 'verify').mockImplementation((token) => {
    const held = verify(token);
    return server.accounts.renewals > 0 ? held : verify('nobody’s token');
  });
  await (await restart(server, storage)).online();
  expect(server.accounts.renewals).toBe(1);
});

describe('a renewal whose answer was lost', () => {
  test('is repeated without looking like a stolen token', async () => {
    const storage = await endedToken();
    let answers = 0;
    server.faults.renewal = () => ++answers > 2;
    await (await restart(server, storage)).online();
    expect(server.accounts.renewals).toBe(1);
  });

  test('is taken up by another tab with the same storage', async () => {
    const storage = await endedToken();
    const tabs = await Promise.all([restart(server, storage), restart(server, storage)]);
    await Promise.all(tabs.map((tab) => tab.online()));
    expect(server.accounts.renewals).toBe(1);
  });
});

test('stays who it is when another tab signs in as someone else with the same storage', async () => {
  const storage = memoryStorage();
  const bob = await connect(server, 'bob', storage);
  await connect(server, 'ann', storage);
  for (const socket of server.sockets) socket.emit('session.expiring', {});
  await vi.waitFor(() => expect(refreshed()).toHaveLength(2));
  expect(bob.userId()).toBe('bob');
  expect(await (await restart(server, storage)).online()).toMatchObject({ userId: 'ann' });
});

test('is over when the refresh token is no good any more', async () => {
  const storage = await endedToken();
  server.accounts.end('session-1');
  const again = await restart(server, storage);
  await vi.waitFor(() =>
    expect(again.status()).toMatchObject({ phase: 'signedOut', error: { code: 'UNAUTHENTICATED' } }),
  );
  expect(await (await restart(server, storage)).start()).toBe(false);
});

test('signs out here even when the server cannot be told', async () => {
  const storage = memoryStorage();
  const bob = await connect(server, 'bob', storage);
  await bob.logout();
  expect(bob.userId()).toBeNull();
  // What shows later that this device was signed in; nothing else can be done with it any more.
  expect(storage.keys('rally:')).toEqual(['rally:device']);
  const ann = await connect(server, 'ann', storage);
  await server.stop();
  await expect(ann.logout()).rejects.toMatchObject({ code: 'UNREACHABLE' });
  expect(ann.userId()).toBeNull();
  expect(storage.keys('rally:')).toEqual([]);
});

test('reads what a token says of itself, and survives one that says nothing', () => {
  const claims = btoa(JSON.stringify({ sub: 'bob', exp: 1_800_000_000 })).replaceAll('=', '');
  expect(readToken(`head.${claims}.signature`)).toEqual({ userId: 'bob', expiresAt: '2027-01-15T08:00:00.000Z' });
  expect(readToken('opaque').userId).toBeUndefined();
});
