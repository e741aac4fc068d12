import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { freshRedis } from '../support/databases.ts';
import { until } from '../support/until.ts';
import { call, createGatewayWorld, tokenFor } from './gateway-world.ts';

type World = Awaited<ReturnType<typeof createGatewayWorld>>;
type Node = Awaited<ReturnType<World['startNode']>>;
let world: World;
let one: Node;
let two: Node;

beforeAll(async () => {
  world = await createGatewayWorld(await freshRedis());
  [one, two] = await Promise.all([world.startNode(), world.startNode()]);
});
afterAll(() => world.stop());

const once = <T>(socket: ReturnType<World['connect']>, name: string): Promise<T> =>
  new Promise((resolve) => socket.once(name, resolve));

test('greets who is signed in and refuses others with the error as data', async () => {
  const userId = newId();
  expect(await once(world.connect(one.url, tokenFor(userId)), 'session.ready')).toMatchObject({ userId });
  const refused = await once<Error & { data: unknown }>(world.connect(one.url, 'nonsense'), 'connect_error');
  expect(refused.data).toMatchObject({ code: 'UNAUTHENTICATED', retryable: false });
});

test('tells a client that begins with long polling to use WebSocket', async () => {
  const answer = await fetch(`${one.url}/socket.io/?EIO=4&transport=polling`);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({
    code: 'INVALID_INPUT',
    retryable: false,
    detail: expect.stringContaining("transports: ['websocket']"),
    issues: [{ path: 'transport' }],
  });
});

test('answers unknown operations, missing input and oversized packets, and stays alive', async () => {
  const socket = world.connect(one.url);
  const room = `test:${newId()}`;
  expect(await call(socket, 'no.such')).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
  expect(await call(socket, 'room.watch')).toMatchObject({
    ok: false,
    error: { code: 'INVALID_INPUT', issues: [{ path: 'room' }] },
  });
  expect(await call(socket, 'room.watch', { room, padding: 'x'.repeat(70_000) })).toMatchObject({
    ok: false,
    error: { code: 'PAYLOAD_TOO_LARGE' },
  });
  expect(await call(socket, 'room.watch', { room })).toMatchObject({ ok: true });
});

test("closes a session's sockets on every node and says why", async () => {
  const token = tokenFor(newId());
  const sockets = [one, two].map(({ url }) => world.connect(url, token));
  await Promise.all(sockets.map((socket) => once(socket, 'session.ready')));
  const reasons = sockets.map((socket) => once(socket, 'session.closed'));
  one.bus.sockets.closeSession(token.split('|')[1] ?? '', 'UNAUTHENTICATED');
  expect(await Promise.all(reasons)).toEqual([
    { code: 'UNAUTHENTICATED', retryable: false },
    { code: 'UNAUTHENTICATED', retryable: false },
  ]);
  await until(() => sockets.every(({ connected }) => !connected));
});

test('warns before a token ends and goes on with a newer one of the same session only', async () => {
  const userId = newId();
  const token = tokenFor(userId, 30_000);
  const socket = world.connect(one.url, token);
  await once(socket, 'session.expiring');
  const newer = [userId, token.split('|')[1], Date.now() + 900_000].join('|');
  expect(await call(socket, 'session.refresh', { token: newer })).toMatchObject({ ok: true });
  expect(await call(socket, 'session.refresh', { token: tokenFor(userId) })).toMatchObject({
    ok: false,
    error: { code: 'CONFLICT' },
  });
});

test('finds an ended session even when the broadcast that closes it was lost', async () => {
  const token = tokenFor(newId());
  const socket = world.connect(one.url, token);
  await once(socket, 'session.ready');
  world.revoked.add(token.split('|')[1] ?? '');
  await until(() => !socket.connected);
});
