import { randomBytes } from 'node:crypto';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../../src/kernel/execute.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { connect, http, type Person, register } from '../../../support/people.ts';
import { until } from '../../../support/until.ts';

let cluster: Cluster;
let urls: string[];
beforeAll(async () => {
  const [databaseUrl, redisUrl] = await Promise.all([freshDatabase(), freshRedis()]);
  const environment = { ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  cluster = await startCluster({ databaseUrl, redisUrl, nodes: 2, workers: 1, environment });
  urls = cluster.nodes.map(({ url }) => url);
});
afterAll(() => cluster?.stop());

const node = (place: number): string => urls[place] ?? '';
const ask = (socket: Socket, operation: string, input: object): Promise<Answer> => socket.emitWithAck(operation, input);
const codeOf = (answer: Answer): string => (answer.ok ? 'OK' : answer.error.code);
/** What a handshake is refused with. */
const handshake = (url: string, token: string): Promise<string> =>
  new Promise((resolve) => {
    const socket = io(url, { auth: { token }, transports: ['websocket'], forceNew: true, reconnection: false });
    const end = (code: string) => {
      socket.disconnect();
      resolve(code);
    };
    socket.once('connect', () => end('OK'));
    socket.once('connect_error', (error: Error & { data?: { code?: string } }) =>
      end(error.data?.code ?? error.message),
    );
  });
/** A way to sign out. */
type SignOut = (person: Person, socket: Socket) => Promise<unknown>;

describe('after session.logout neither token is taken any more, at once, on any node and over either carrier', () => {
  const ways: [string, SignOut][] = [
    ['over HTTP', ({ token }) => http(`${node(0)}/v1/auth/logout`, { token, body: {} })],
    ['over a socket', (_person, socket) => ask(socket, 'session.logout', {})],
  ];
  test.each(ways)('%s', async (_name, signOut) => {
    const [person, other] = await Promise.all([register(node(0)), register(node(1))]);
    const [own, another] = [connect(node(0), person), connect(node(1), other)];
    await until(() => own.connected && another.connected);
    let isClosed = false;
    own.once('disconnect', () => {
      isClosed = true;
    });
    await signOut(person, own);
    const { token, refreshToken } = person;
    const refused = await Promise.all([
      ...urls.map((url) => http(`${url}/v1/me`, { token }).then(({ body }) => body.code)),
      ...urls.map((url) => handshake(url, token)),
      ...urls.map((url) => http(`${url}/v1/auth/refresh`, { body: { refreshToken } }).then(({ body }) => body.code)),
      ask(another, 'session.renew', { refreshToken }).then(codeOf),
    ]);
    expect(refused).toEqual(Array(7).fill('UNAUTHENTICATED'));
    await until(() => isClosed, { what: 'the session’s socket to be closed' });
    expect(codeOf(await ask(another, 'session.refresh', { token }))).not.toBe('OK');
    expect(another.connected).toBe(true);
    another.disconnect();
  });
});

describe('an idempotency key without sign-in', () => {
  const from = (address: string, key: string) => ({ 'x-forwarded-for': address, 'idempotency-key': key });
  const somebody = (name = `u${newId().replaceAll('-', '').slice(-20)}`) => ({
    ...{ email: `${name}@example.org`, username: name, password: `secret ${name}` },
    ...{ firstName: 'Test', lastName: 'Person' },
  });

  test('is nobody else’s: it neither keeps another from using it, nor shows what it brought', async () => {
    const key = newId();
    const [mine, theirs] = [somebody(), somebody()];
    const sent = async (body: object, address: string) =>
      http(`${node(0)}/v1/auth/register`, { body, headers: from(address, key) });
    const first = await sent(mine, '192.0.2.1');
    expect(first.status).toBe(200);
    expect((await sent(theirs, '192.0.2.2')).status).toBe(200);
    // The same input from elsewhere is a call of its own, and is answered for what it is.
    expect(await sent(mine, '192.0.2.3')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    const again = await sent(mine, '192.0.2.1');
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await sent(theirs, '192.0.2.1')).toMatchObject({ status: 422, body: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  test('brings a renewal’s first answer from any network, with or without an access token', async () => {
    const { token, refreshToken } = await register(node(0));
    const [key, body] = [newId(), { refreshToken }];
    const first = await http(`${node(0)}/v1/auth/refresh`, { body, headers: from('192.0.2.1', key) });
    expect(first.status).toBe(200);
    const others = await Promise.all([
      http(`${node(1)}/v1/auth/refresh`, { body, headers: from('198.51.100.7', key) }),
      http(`${node(1)}/v1/auth/refresh`, { body, headers: from('2001:db8::1', key), token }),
    ]);
    for (const other of others) expect(other.body).toEqual(first.body);
    // The session lives: nothing looked like a stolen token.
    const renewed = { refreshToken: first.body.refreshToken };
    expect((await http(`${node(0)}/v1/auth/refresh`, { body: renewed })).status).toBe(200);
  });
});
