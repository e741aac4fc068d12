import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { operation, signal } from '../../src/kernel/contract.ts';
import { anyone, type Handler, handle, nothing } from '../../src/kernel/handler.ts';
import { newId } from '../../src/platform/ids.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, createGatewayWorld, tokenFor } from './gateway-world.ts';
import { answerTo, openRaw, openSignedIn, type RawSocket } from './raw-socket.ts';

/** Says what reached it. */
const echo: Handler = handle(
  operation({
    ...{ name: 'probe.echo', summary: 'Gives back', access: 'user', durability: 'accepted', rates: [] },
    ...{ input: z.looseObject({}), output: z.looseObject({}), errors: [] },
  }),
  { load: nothing, allow: anyone, run: (input, _nothing, { idempotencyKey }) => ({ ...input, idempotencyKey }) },
);

const told = signal({ name: 'probe.told', summary: 'Told', data: z.object({ text: z.string() }) });

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
let world: World;
let node: Awaited<ReturnType<World['startNode']>>;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis(), [echo]);
  node = await world.startNode();
});
afterAll(() => world.stop());

const isCut = async (raw: RawSocket): Promise<void> => {
  await until(() => raw.closedWith() !== null, { withinMs: 3_000, what: 'the connection to end' });
};

describe('before sign-in a connection is cut on', () => {
  test.each<[string, (raw: RawSocket) => void]>([
    ['a binary frame', ({ socket }) => socket.send(Buffer.alloc(10))],
    ['a binary packet as text', ({ socket }) => socket.send('bAAAA')],
    ['the head of a binary packet', ({ say }) => say('510-0["x",{"a":[0]}]')],
    ['the head of a binary answer', ({ say }) => say('61-0["x"]')],
    ['a call', ({ say }) => say('20["room.watch",{}]')],
    ['a handshake of 9 KB', ({ say }) => say(`0{"token":"${'x'.repeat(9_000)}"}`)],
    ['a frame of 129 KB', ({ socket }) => socket.send('x'.repeat(129 * 1_024))],
    ['two handshakes at once', ({ say }) => [1, 2].map(() => say('0{"token":"nonsense"}'))],
    ['handshakes without end', ({ say }) => Array.from({ length: 11 }, (_, n) => say(`0/room-${n},`))],
    ['a message in a thousand pieces', sendInPieces],
  ])('%s', async (_what, attack) => {
    const raw = await openRaw(node.url);
    attack(raw);
    await isCut(raw);
  });

  test('not on a first handshake that was refused: the second is taken', async () => {
    const raw = await openRaw(node.url);
    raw.say('0{"token":"nonsense"}');
    await until(() => raw.heard.some((text) => text.startsWith('44{')));
    raw.say(`0{"token":"${tokenFor(newId())}"}`);
    await until(() => raw.heard.some((text) => text.startsWith('42["session.ready"')));
    raw.socket.terminate();
  });
});

function sendInPieces({ socket }: RawSocket): void {
  for (let piece = 0; piece < 1_000; piece += 1) socket.send('4', { fin: false });
}

test('a connection that holds back the last piece, and answers no close, is gone when its time is over', async () => {
  const { hostname, port } = new URL(node.url);
  const tcp = connect(Number(port), hostname);
  tcp.on('error', () => {});
  tcp.write(
    'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: a\r\nupgrade: websocket\r\nconnection: upgrade\r\n' +
      'sec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(tcp, 'data');
  const openedAt = performance.now();
  // A text frame of 100 KB of which one byte is missing, unmasked by a mask of zeros.
  const head = Buffer.from([0x81, 0xff, 0, 0, 0, 0, 0, 1, 0x86, 0xa0, 0, 0, 0, 0]);
  tcp.write(Buffer.concat([head, Buffer.alloc(99_999, 'x')]));
  tcp.resume();
  await once(tcp, 'close');
  expect(performance.now() - openedAt).toBeLessThan(13_000);
}, 20_000);

describe('a signed-in connection is closed with a reason on', () => {
  test.each<[string, (raw: RawSocket) => void]>([
    ['a binary frame', ({ socket }) => socket.send(Buffer.alloc(90_000))],
    ['the head of a binary call', ({ say }) => say('451-7["probe.echo",{"a":{"_placeholder":true,"num":0}}]')],
    ['the head of a binary packet', ({ say }) => say('51-7["probe.echo",{"a":{"_placeholder":true,"num":0}}]')],
    ['another namespace', ({ say }) => say('0/other,{}')],
    ['a second handshake', ({ say }) => say('0{}')],
    ['a call with an endless acknowledgement id', ({ say }) => say(`2${'9'.repeat(400)}["probe.echo",{}]`)],
  ])('%s', async (_what, attack) => {
    const raw = await openSignedIn(node.url, tokenFor(newId()));
    attack(raw);
    await isCut(raw);
    expect(raw.heard.at(-1)).toBe('42["session.closed",{"code":"INVALID_INPUT","retryable":false}]');
  });

  test('and cut when it does not read that, nor what was written before', async () => {
    const own = await world.startNode();
    const connections = () =>
      new Promise<number>((resolve) => own.bus.io.httpServer.getConnections((_error, count) => resolve(count)));
    const userId = newId();
    const raw = await openSignedIn(own.url, tokenFor(userId));
    raw.socket.pause();
    // More than the network takes, so that its close has to wait behind it.
    for (let n = 0; n < 2_000; n += 1) own.bus.sockets.tellUser(userId, told, { text: 'y'.repeat(10_000) });
    expect(await connections()).toBe(1);
    raw.socket.send(Buffer.alloc(10));
    await until(async () => (await connections()) === 0, { withinMs: 5_000, what: 'the connection to end' });
    raw.socket.terminate();
  });
});

test('what a client may say is still understood', async () => {
  const raw = await openSignedIn(node.url, tokenFor(newId()));
  raw.say('2["probe.echo",{"n":1}]');
  raw.say('37["an answer nobody waits for"]');
  raw.say('2999999999999999["probe.echo",{"n":2}]');
  expect(await answerTo(raw, 999_999_999_999_999)).toEqual({ ok: true, data: { n: 2 } });
  raw.say('1');
  await isCut(raw);
});

test.each<[string, unknown]>([
  ['a number', 7],
  ['null', null],
  ['an object', { a: 1 }],
  ['nothing', ''],
  ['201 characters', 'k'.repeat(201)],
  ['NUL', 'a\0b'],
  ['half a pair', '\ud800'],
])('an idempotency key that is %s is refused by name', async (_what, idempotencyKey) => {
  const socket = world.connect(node.url);
  expect(await call(socket, 'probe.echo', { text: 'a', idempotencyKey })).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT', issues: [{ path: 'idempotencyKey' }] },
  });
  expect(await call(socket, 'probe.echo', { text: 'a', idempotencyKey: 'k'.repeat(200) })).toMatchObject({
    data: { text: 'a', idempotencyKey: 'k'.repeat(200) },
  });
  socket.disconnect();
});

test('a second input is refused, not passed over', async () => {
  const socket = world.connect(node.url);
  const answer = await socket.timeout(5_000).emitWithAck('probe.echo', { n: 1 }, { n: 2 });
  expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  socket.disconnect();
});

test('an account has 50 connections on a node, of which one that closes makes room', async () => {
  const userId = newId();
  const open = () => world.connect(node.url, tokenFor(userId));
  const sockets = Array.from({ length: 60 }, open);
  const refused: { data?: { code: string; retryable: boolean; retryAfterMs: number } }[] = [];
  for (const socket of sockets) socket.on('connect_error', (error) => refused.push(error as never));
  await until(() => sockets.filter(({ connected }) => connected).length + refused.length === 60);
  expect(refused).toHaveLength(10);
  expect(refused[0]?.data).toMatchObject({ code: 'RATE_LIMITED', retryable: true, retryAfterMs: 16_000 });
  sockets.find(({ connected }) => connected)?.disconnect();
  await until(() => {
    const again = open();
    return new Promise((resolve) => {
      again.once('connect', () => resolve(true));
      again.once('connect_error', () => resolve(false));
    });
  });
  for (const socket of sockets) socket.disconnect();
});

test('an address has its handshakes a minute, the next is refused in the words of HTTP at once', async () => {
  const fresh = await world.startNode();
  const handshake = async (from: string): Promise<{ status: string; text: string }> => {
    const { hostname, port } = new URL(fresh.url);
    const tcp = connect(Number(port), hostname);
    tcp.write(
      `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nhost: a\r\nx-forwarded-for: ${from}\r\nupgrade: websocket\r\n` +
        'connection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    const [chunk] = await once(tcp, 'data');
    const text = String(chunk);
    tcp.destroy();
    return { status: text.slice(9, 12), text };
  };
  const network = Array.from({ length: 200 }, (_, n) => `2001:db8::${n.toString(16)}`);
  const taken = await Promise.all(network.map(handshake));
  expect(taken.every(({ status }) => status === '101')).toBe(true);
  const { status, text } = await handshake('2001:db8::ffff:1');
  expect(status).toBe('429');
  expect(text).toMatch(/retry-after: \d+\r\n/);
  expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
  expect((await handshake('2001:db8:0:1::1')).status).toBe('101');
});
