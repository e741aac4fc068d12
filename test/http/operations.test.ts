import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../src/platform/ids.ts';
import { type HttpServer, openServer } from './open-server.ts';

let server: HttpServer;
const ann = { userId: newId(), sessionId: newId(), role: 'USER' };
let bearer: { authorization: string };

beforeAll(async () => {
  server = await openServer();
  await server.work();
  bearer = { authorization: `Bearer ${(await server.platform.tokens.issue(ann)).token}` };
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(server.url + path, { headers });
const json = { 'content-type': 'application/json' };
const send = (method: string, path: string, body: string, headers: Record<string, string> = json) =>
  fetch(server.url + path, { method, body, headers });
const post = (path: string, input: object, headers: Record<string, string> = {}) =>
  send('POST', path, JSON.stringify(input), { ...json, ...bearer, ...headers });

describe('input', () => {
  test('becomes numbers, booleans and lists where the contract asks for them', async () => {
    const query = 'near=-1.5&open=true&ids=1&ids=2&tags=7&text=42&since=2026-01-02T03:04:05Z';
    const response = await get(`/v1/rooms/r%201/things/3?${query}`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      roomId: 'r 1',
      page: 3,
      near: -1.5,
      open: true,
      ids: [1, 2],
      tags: ['7'],
      text: '42',
      since: '2026-01-02T03:04:05.000Z',
    });
  });

  test('keeps what does not look like a number and lets the contract refuse it', async () => {
    const response = await get('/v1/rooms/r/things/three');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'page' }] });
  });

  test('takes path before body before query', async () => {
    const response = await send('PATCH', '/v1/rooms/path?text=query&note=query', '{"roomId":"body","text":"body"}');
    expect(await response.json()).toEqual({ roomId: 'path', text: 'body', note: 'query' });
  });

  test('may have no body', async () => {
    const response = await fetch(`${server.url}/v1/rooms/r`, { method: 'PATCH' });
    expect(await response.json()).toEqual({ roomId: 'r' });
  });

  test.each([
    ['malformed JSON', '{"text":', json],
    ['no object', '[1]', json],
    ['another type', 'text=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['compressed', '{}', { ...json, 'content-encoding': 'gzip' }],
  ])('that is %s is INVALID_INPUT', async (_what, body, headers) => {
    const response = await send('PATCH', '/v1/rooms/r', body, headers);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', retryable: false, status: 400 });
  });

  test('cannot reach what all objects share', async () => {
    const response = await send('PATCH', '/v1/rooms/r?__proto__=1', '{"__proto__":{"text":"x"},"constructor":1}');
    const named = ['__proto__', 'constructor'].map((path) => expect.objectContaining({ path }));
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', issues: named });
    expect(Object.hasOwn(Object.prototype, 'text')).toBe(false);
  });

  test('may come in pieces of undeclared length', async () => {
    const pieces = ['{"te', 'xt":"', 'ä"}'].map((piece) => new TextEncoder().encode(piece));
    const body = new ReadableStream({
      start: (stream) => void [...pieces.map((piece) => stream.enqueue(piece)), stream.close()],
    });
    const response = await fetch(`${server.url}/v1/rooms/r`, { method: 'PATCH', headers: json, body, duplex: 'half' });
    expect(await response.json()).toEqual({ roomId: 'r', text: 'ä' });
  });

  test('that is refused before the operation is counted as a call all the same', async () => {
    await send('PATCH', '/v1/rooms/r', 'no JSON');
    const metrics = await (await get('/metrics')).text();
    expect(metrics).toMatch(/rally_operation_seconds_count{operation="echo.change",code="INVALID_INPUT"} [1-9]/);
  });

  test('over 64 KB is refused', async () => {
    const response = await send('PATCH', '/v1/rooms/r', JSON.stringify({ text: 'x'.repeat(65_536) }));
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
  });

  test.each([
    ['declared', 'content-length: 1000000000'],
    ['undeclared', 'transfer-encoding: chunked'],
  ])('of %s length is not read to its end', async (_what, lengthHeader) => {
    const answer = await sendForEver(
      `PATCH /v1/rooms/r HTTP/1.1\r\nhost: x\r\n${lengthHeader}\r\ncontent-type: application/json\r\n\r\n`,
    );
    expect(answer.text).toMatch(/^HTTP\/1.1 413 /);
    expect(answer.text).toContain('PAYLOAD_TOO_LARGE');
    expect(answer.bytesTaken).toBeLessThan(10_000_000);
  });
});

/** Sends chunks of a body that never ends until the server closes the connection. */
const sendForEver = (head: string): Promise<{ text: string; bytesTaken: number }> =>
  new Promise((resolve) => {
    let text = '';
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    let sending: NodeJS.Timeout | undefined;
    const socket = connect(server.port, '127.0.0.1', () => {
      socket.write(head);
      sending = setInterval(() => socket.write(chunk), 1);
    });
    socket.on('data', (data) => {
      text += data.toString();
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      clearInterval(sending);
      resolve({ text, bytesTaken: socket.bytesWritten });
    });
  });

describe('a caller', () => {
  test('is known by the access token', async () => {
    expect(await (await get('/v1/whoami', bearer)).json()).toEqual(ann);
  });

  test.each([
    ['no token', {}],
    ['no bearer token', { authorization: 'Basic YTpi' }],
    ['a forged token', { authorization: 'Bearer aaaa.bbbb.cccc' }],
  ])('with %s is UNAUTHENTICATED', async (_what, headers) => {
    const response = await get('/v1/whoami', headers);
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(await response.json()).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('whose session has ended is UNAUTHENTICATED', async () => {
    const bob = { userId: newId(), sessionId: newId(), role: 'USER' };
    const { token } = await server.platform.tokens.issue(bob);
    await server.platform.revocations.revoke([bob.sessionId]);
    expect((await get('/v1/whoami', { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  test('with a stale token may use what is public', async () => {
    expect((await get('/v1/rooms/origin', { authorization: 'Bearer aaaa.bbbb.cccc' })).status).toBe(200);
  });

  test('behind a proxy on this machine is known by the last forwarded address', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9', 'user-agent': 'a'.repeat(1_000) };
    const origin = (await (await get('/v1/rooms/origin', headers)).json()) as { agent: string };
    expect(origin).toMatchObject({ carrier: 'http', address: '203.0.113.9' });
    expect(origin.agent).toHaveLength(300);
  });

  test.each(['', 'unknown', '198.51.100.1, <script>'])('is not known by the forwarded address "%s"', async (header) => {
    const origin = await (await get('/v1/rooms/origin', { 'x-forwarded-for': header })).json();
    expect(origin).toMatchObject({ address: '127.0.0.1' });
  });
});

describe('an answer', () => {
  test.each([
    ['CONFLICT', 409, null],
    ['SLOW_MODE', 429, '2'],
    ['OVERLOADED', 503, '1'],
  ])('that is the error %s is a problem with status %i', async (code, status, retryAfter) => {
    const response = await get(`/v1/fail?how=${code}`);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    const problem = await response.json();
    expect(problem).toMatchObject({ type: 'about:blank', title: expect.any(String), status, code, detail: 'as told' });
    expect(problem).toMatchObject({ retryable: status !== 409 });
  });

  test.each(['bug', 'GONE'])('to %s, which the contract does not declare, tells nothing', async (how) => {
    const response = await get(`/v1/fail?how=${how}`);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/secret|as told/);
  });

  test.each([
    ['GET', '/v1/nothing/here'],
    ['DELETE', '/v1/rooms/r'],
    ['GET', '/v1/live'],
    ['GET', '/../package.json'],
    ['GET', '/%2e%2e/package.json'],
  ])('to %s %s is a problem with status 404', async (method, path) => {
    const response = await fetch(server.url + path, { method });
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'NOT_FOUND', retryable: false });
  });

  test('carries the caller’s request id, or a new one in place of a bad one', async () => {
    const given = await get('/v1/rooms/origin', { 'x-request-id': 'abc-1' });
    expect(given.headers.get('x-request-id')).toBe('abc-1');
    expect(await given.json()).toMatchObject({ requestId: 'abc-1' });
    for (const bad of ['a b', 'x'.repeat(129)]) {
      const replaced = await get('/v1/nothing', { 'x-request-id': bad });
      expect(replaced.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  test('carries headers that keep browsers from guessing, framing and leaking', async () => {
    const { headers } = await get('/v1/rooms/origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('may be read by pages of any origin, errors too', async () => {
    const preflight = await fetch(`${server.url}/v1/appended`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://example.org',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,idempotency-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('idempotency-key');
    const problem = await get('/v1/nothing', { origin: 'https://example.org' });
    expect(problem.headers.get('access-control-allow-origin')).toBe('*');
    expect(problem.headers.get('access-control-allow-credentials')).toBeNull();
    expect(problem.headers.get('access-control-expose-headers')).toContain('retry-after');
  });
});

test('an idempotency key that is not where it belongs is refused, not passed over', async () => {
  for (const [path, body] of [
    ['/v1/appended', { text: 'a', idempotencyKey: newId() }],
    ['/v1/appended?idempotencyKey=a', { text: 'a' }],
  ] as const) {
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'idempotencyKey' }] });
  }
});

describe.each(['/v1/appended', '/v1/stored'])('a repeat of POST %s with its idempotency key', (path) => {
  test('gets the first answer and says so', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await post(path, { text: 'a' }, headers);
    expect(first.status).toBe(200);
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    const again = await post(path, { text: 'a' }, headers);
    expect(again.status).toBe(200);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(await again.json()).toEqual(await first.json());
  });

  test('and another body is refused', async () => {
    const headers = { 'idempotency-key': newId() };
    await post(path, { text: 'a' }, headers);
    const other = await post(path, { text: 'b' }, headers);
    expect(other.status).toBe(422);
    expect(await other.json()).toMatchObject({ code: 'IDEMPOTENCY_MISMATCH' });
  });

  test('longer than 200 characters is refused', async () => {
    const response = await post(path, { text: 'a' }, { 'idempotency-key': 'x'.repeat(201) });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ issues: [{ path: 'idempotencyKey' }] });
  });
});

test('a caller over the limit is told when to come back', async () => {
  const { token } = await server.platform.tokens.issue({ userId: newId(), sessionId: newId(), role: 'USER' });
  const calls = Array.from({ length: 25 }, () =>
    post('/v1/appended', { text: 'a' }, { authorization: `Bearer ${token}` }),
  );
  const responses = await Promise.all(calls);
  const refused = responses.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(5);
  expect(Number(refused[0]?.headers.get('retry-after'))).toBeGreaterThan(50);
  expect(await refused[0]?.json()).toMatchObject({
    code: 'RATE_LIMITED',
    retryable: true,
    retryAfterMs: expect.any(Number),
  });
});
