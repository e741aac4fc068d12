import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { until } from '../support/until.ts';
import { BAD_TOKENS, forge } from './bad-tokens.ts';
import { briefly, LARGE, REFUSALS, sendBadBodies, takingBodies } from './bodies.ts';
import { callHttp, send } from './call-http.ts';
import { inputSchema } from './input-schema.ts';
import { oneOfEachKind } from './kinds.ts';
import { testPromises } from './promises.ts';
import { openLastingSocket, openRawSocket, type RawSocket } from './raw-socket.ts';
import { testStrangers } from './strangers.ts';
import { callerOf, goodInput, openWorld, operations, type World } from './world.ts';
import { complaints, errorIn, problemIn, wrongInputs, wrongInputsOverHttp } from './wrong-inputs.ts';

/** A running server. Of what carriers do alike for all operations, one operation of each kind is asked here. */
let world: World;
let socket: RawSocket;
let staffSocket: RawSocket;
let pid: number | undefined;

beforeAll(async () => {
  world = await openWorld();
  socket = await openLastingSocket(world.url, { token: world.ann.token });
  staffSocket = await openLastingSocket(world.url, { token: world.admin.token });
  pid = world.cluster.nodes[0]?.pid();
});

afterAll(async () => {
  socket?.close();
  staffSocket?.close();
  await world?.stop();
});

/** Staff alone gets past the door of what is theirs. */
const socketFor = ({ access }: OperationContract): RawSocket => (access === 'staff' ? staffSocket : socket);

const named = (contracts: readonly OperationContract[]) =>
  contracts.map((contract) => [contract.name, contract] as const);
const kinds = oneOfEachKind(operations);
const routed = kinds.filter(({ http }) => http);
/** What is served by the node that holds the socket, and by no route alone. */
const live = operations.filter(({ name }) => /^(room|session)\./.test(name));
const overSockets = [...new Set([...kinds, ...live])];

describe('wrong input is refused with the name of the field', () => {
  test.each(named(overSockets))('%s over Socket.IO', async (name, contract) => {
    const ask = async (input: object) => errorIn(await socketFor(contract).call(name, input));
    expect(await complaints(wrongInputs(world, contract), ask)).toEqual([]);
  });

  test.each(named(routed))('%s over HTTP', async (_name, contract) => {
    const { token } = callerOf(world, contract);
    const ask = async (input: Record<string, unknown>) =>
      problemIn(await callHttp(contract, { url: world.url, input, token }));
    expect(await complaints(wrongInputsOverHttp(world, contract), ask)).toEqual([]);
  });
});

describe('whatever is sent', () => {
  const taking = overSockets.filter((contract) => Object.keys(inputSchema(contract).properties ?? {}).length > 0);

  test.each(named(taking))('%s answers once, and never as if it were our fault', async (name, contract) => {
    const values = fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(values, async (value) => {
        expect(errorIn(await socketFor(contract).call(name, value))?.code).not.toBe('INTERNAL');
      }),
      { numRuns: 25 },
    );
  });

  test.each(named(taking))('%s stands texts that databases stumble over', async (name, contract) => {
    const { properties = {} } = inputSchema(contract);
    const texts = Object.keys(properties).filter((field) => properties[field]?.type === 'string');
    for (const field of texts) {
      for (const text of ['\u0000', '\uD800', "'; DROP TABLE users; --", '%00', '\u202Eabc', '__proto__']) {
        const answer = await socketFor(contract).call(name, { ...goodInput(world, contract), [field]: text });
        expect(errorIn(answer)?.code, `${field} ${JSON.stringify(text)}`).not.toBe('INTERNAL');
      }
    }
  });
});

describe('who is not signed in', () => {
  const guarded = operations.filter(({ http, access }) => http && access !== 'public');

  test('is refused by every operation over HTTP that is not public', async () => {
    for (const contract of guarded) {
      const answer = await callHttp(contract, { url: world.url, input: goodInput(world, contract) });
      expect(answer, contract.name).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED' } });
    }
  });

  test.each(BAD_TOKENS)(
    'but has %s is refused over HTTP and at the handshake of a socket',
    async (_what, make, code) => {
      const token = await make({ token: world.ann.token, signingKey: world.signingKey });
      await expect(openRawSocket(world.url, { token })).rejects.toThrow(code);
      const headers = token === '' ? {} : { authorization: `Bearer ${token}` };
      for (const contract of routed.filter(({ access }) => access !== 'public')) {
        const answer = await callHttp(contract, { url: world.url, input: goodInput(world, contract), headers });
        expect(answer, contract.name).toMatchObject({ status: 401, body: { code, status: 401, retryable: false } });
      }
    },
  );

  test('is no one whose token was made like the server’s own', async () => {
    const token = await forge({ token: world.ann.token, signingKey: world.signingKey });
    const own = await openRawSocket(world.url, { token });
    expect(await own.call('profile.me')).toMatchObject({ ok: true, data: { id: world.ann.id } });
    own.close();
  });
});

describe('a call of more than 64 KB', () => {
  test.each(kinds.map(({ name }) => name))('%s is refused over Socket.IO, and the connection goes on', async (name) => {
    const answer = await socket.call(name, { padding: LARGE });
    expect(answer).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE', retryable: false } });
    expect(await socket.call('profile.me')).toMatchObject({ ok: true });
  });
});

describe('bodies over HTTP', () => {
  test.each(takingBodies(kinds).map((taking) => [taking.contract.name, taking] as const))(
    '%s refuses more than 64 KB, what is not JSON, and JSON that is no object',
    async (_name, taking) => {
      const server = { url: world.url, token: callerOf(world, taking.contract).token, things: world };
      expect(briefly(await sendBadBodies(server, taking))).toEqual(REFUSALS);
    },
  );
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

describe('the documents that are served', () => {
  test.each(['openapi', 'asyncapi'])(
    '/%s.json is the file in docs/, made from what the server really offers',
    async (name) => {
      const served = await fetch(`${world.url}/${name}.json`);
      expect(served.status).toBe(200);
      expect(await served.text()).toBe(readFileSync(`docs/${name}.json`, 'utf8'));
    },
  );
});

testStrangers(() => world);

test('no call was answered twice, and the server is the same process as before', () => {
  expect([...socket.answeredTwice(), ...staffSocket.answeredTwice()]).toEqual([]);
  expect(socket.isOpen()).toBe(true);
  expect(world.cluster.nodes[0]?.pid()).toBe(pid);
});

// Last: it ends the worker.
testPromises(() => world);
