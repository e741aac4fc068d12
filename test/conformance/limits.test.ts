import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import { until } from '../support/until.ts';
import { send } from './call-http.ts';
import { openRawSocket, type RawSocket } from './raw-socket.ts';
import { goodInput, openWorld, operations, type World } from './world.ts';

let world: World;
let socket: RawSocket;
/** Several people's: one person may not ask as often as there are operations. */
let sockets: RawSocket[];
let pid: number | undefined;

beforeAll(async () => {
  world = await openWorld();
  socket = await openRawSocket(world.url, { token: world.ann.token });
  const others = [world.bob, world.stranger].map(({ token }) => openRawSocket(world.url, { token }));
  sockets = [socket, ...(await Promise.all(others))];
  pid = world.cluster.nodes[0]?.pid();
});

afterAll(async () => {
  for (const each of sockets ?? []) each.close();
  await world?.stop();
});

const LARGE = 'x'.repeat(64 * 1_024 + 1);

describe('a call of more than 64 KB', () => {
  test.each(operations.map(({ name }, place) => [name, place] as const))(
    '%s is refused over Socket.IO, and the connection goes on',
    async (name, place) => {
      const own = sockets[place % sockets.length] ?? socket;
      const answer = await own.call(name, { padding: LARGE });
      expect(answer).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE', retryable: false } });
      expect(await own.call('profile.me')).toMatchObject({ ok: true });
    },
  );
});

describe('bodies over HTTP', () => {
  const unsafe = operations.flatMap((contract) => {
    const route = routeOf(contract);
    return route && !isSafe(route) ? [{ contract, route }] : [];
  });
  const post = (place: (typeof unsafe)[number], body: RequestInit['body'], more: RequestInit = {}) => {
    const { contract, route } = place;
    const path = route.path.replaceAll(/{(\w+)}/g, (_, field) =>
      encodeURIComponent(String(goodInput(world, contract)[field])),
    );
    const headers = { authorization: `Bearer ${world.ann.token}`, 'content-type': 'application/json' };
    return send(`${world.url}${path}`, { method: route.method.toUpperCase(), headers, body: body ?? null, ...more });
  };
  const named = unsafe.map((place) => [place.contract.name, place] as const);

  test.each(named)('%s refuses more than 64 KB', async (_name, place) => {
    const answer = await post(place, JSON.stringify({ padding: LARGE }));
    expect(answer).toMatchObject({ status: 413, body: { code: 'PAYLOAD_TOO_LARGE' } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  test.each(named)('%s refuses more than 64 KB whose length is not told beforehand', async (_name, place) => {
    const parts = new ReadableStream({
      start: (controller) => {
        for (let part = 0; part < 5; part += 1) controller.enqueue(new TextEncoder().encode('x'.repeat(16 * 1_024)));
        controller.close();
      },
    });
    // Node's fetch asks for `duplex` where a body is a stream; the types do not know it yet.
    expect(await post(place, parts, { duplex: 'half' } as RequestInit)).toMatchObject({ status: 413 });
  });

  test.each(named)('%s refuses what is not JSON', async (_name, place) => {
    for (const body of ['{"chatId":', '{]', 'chatId=1', '\u0000']) {
      expect(await post(place, body), body).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    }
  });

  test.each(named)('%s refuses JSON that is no object', async (_name, place) => {
    for (const body of ['[]', '"text"', '42', 'true']) {
      expect(await post(place, body), body).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    }
  });
});

describe('places that do not exist', () => {
  test.each(['/v1/nowhere', '/v1/chats/%E0%A4%A', '/v1/%2e%2e/%2e%2e/etc/passwd', '/v1//', '/v1/auth/login/extra'])(
    'GET %s is answered as a problem, not as a fault',
    async (path) => {
      const { status, headers } = await send(`${world.url}${path}`, {
        headers: { authorization: `Bearer ${world.ann.token}` },
      });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
      expect(headers.get('content-type')).toContain('application/problem+json');
    },
  );

  test('an operation that does not exist is answered over Socket.IO', async () => {
    for (const name of ['chat.nothing', 'constructor', '__proto__', 'toString', '']) {
      expect(await socket.call(name, {}), name).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    }
  });
});

describe('packets that are no calls', () => {
  const nested = `42["chat.send",${'['.repeat(20_000)}${']'.repeat(20_000)}]`;
  const PACKETS = {
    'cut short': '42["chat.send",{',
    'not a list': '42{"chat.send":1}',
    'an empty list': '42[]',
    'a number for a name': '42[7,{}]',
    'a call without acknowledgement': '42["chat.send",{}]',
    'an acknowledgement nobody asked for': '4399[1]',
    'a second handshake': '40{"token":"x"}',
    'another namespace': '40/admin,{"token":"x"}',
    'deeply nested': nested,
    'a placeholder without its attachment': '451-["chat.send",{"_placeholder":true,"num":0}]',
    'a reserved name': '42["disconnect",{}]',
    'two megabytes': `42["chat.send",{"body":"${'x'.repeat(2 * 1_024 * 1_024)}"}]`,
    'an unknown packet type': '49[]',
    'an unknown frame type': '9',
  };

  test.each(Object.entries(PACKETS))('%s', async (_what, packet) => {
    const own = await openRawSocket(world.url, { token: world.bob.token });
    own.send(packet);
    // Either the connection goes on, or it was closed; never more than this one.
    await until(
      async () =>
        !own.isOpen() ||
        (await own.call('profile.me').then(
          ({ ok }) => ok,
          () => true,
        )),
    );
    own.close();
    expect(await socket.call('profile.me')).toMatchObject({ ok: true });
  });
});

test('the server is the same process as before', () => {
  expect(world.cluster.nodes[0]?.pid()).toBe(pid);
  expect(socket.answeredTwice()).toEqual([]);
});
