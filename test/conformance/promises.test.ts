import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import type { OperationContract } from '../../src/kernel/contract.ts';
import { errorsOf } from '../../src/kernel/contract.ts';
import { newId } from '../../src/platform/ids.ts';
import { until } from '../support/until.ts';
import { callHttp } from './call-http.ts';
import { openRawSocket } from './raw-socket.ts';
import { callerOf, goodInput, openWorld, operations, renew, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld();
});

afterAll(async () => {
  await world?.stop();
});

const named = (contracts: readonly OperationContract[]) =>
  contracts.map((contract) => [contract.name, contract] as const);
const committed = operations.filter(({ durability }) => durability === 'committed');
const isUnsafe = (contract: OperationContract): boolean => {
  const route = routeOf(contract);
  return route !== null && !isSafe(route);
};

describe('a good call', () => {
  test.each(named(operations))('%s answers its output, or an error it declares', async (name, contract) => {
    const own = await renew(world, contract);
    const socket = await openRawSocket(world.url, { token: callerOf(own, contract).token });
    const answer = await socket.call(name, goodInput(own, contract));
    if (answer.ok) contract.output.parse(answer.data);
    else expect(errorsOf(contract).filter((code) => code !== 'INTERNAL')).toContain(answer.error.code);
    socket.close();
  });
});

describe('a repeat with the same idempotency key', () => {
  // What ends a session also ends the sockets it could be repeated on.
  const repeatable = committed.filter(({ name }) => name !== 'session.logout');

  test.each(named(repeatable))('of %s over Socket.IO gets the first answer', async (name, contract) => {
    const own = await renew(world, contract);
    const auth = { token: callerOf(own, contract).token };
    const sockets = [await openRawSocket(world.url, auth), await openRawSocket(world.url, auth)];
    const call = { ...goodInput(own, contract), idempotencyKey: newId() };
    const [first, second] = await Promise.all(sockets.map((socket) => socket.call(name, call)));
    expect(second).toEqual(first);
    for (const socket of sockets) socket.close();
  });

  test.each(named(operations.filter(isUnsafe)))('of %s over HTTP gets the first answer', async (name, contract) => {
    const own = await renew(world, contract);
    const headers = { 'idempotency-key': newId() };
    const call = { url: world.url, input: goodInput(own, contract), token: callerOf(own, contract).token, headers };
    const first = await callHttp(contract, call);
    const second = await callHttp(contract, call);
    if (name === 'session.logout') {
      await until(async () => (await callHttp(contract, call)).status === 401, { what: 'the end of the session' });
      return;
    }
    expect({ status: second.status, body: second.body }).toEqual({ status: first.status, body: first.body });
    if (first.status < 300) expect(second.headers.get('idempotency-replayed')).toBe('true');
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

describe('while no worker runs', () => {
  /** A socket runs no more of its calls at a time. */
  const CALLS_AT_ONCE = 16;
  const onNodes = operations.filter(({ durability }) => durability !== 'committed');
  const own = new Map<string, World>();

  beforeAll(async () => {
    for (const contract of onNodes) own.set(contract.name, await renew(world, contract));
    await world.cluster.workers[0]?.kill();
  });

  // Side by side: some wait for seconds for a worker.
  test.concurrent.each(named(onNodes))('%s keeps what its durability says and answers', async (name, contract) => {
    const { ann, ...rest } = own.get(name) ?? world;
    const socket = await openRawSocket(world.url, { token: callerOf({ ann, ...rest }, contract).token });
    const startedAt = performance.now();
    const answer = await socket.call(name, goodInput({ ann, ...rest }, contract));
    // The sandbox's page waits 3 s for its payment; a worker would be waited for 5 s.
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(answer.ok ? 'OK' : answer.error.code).not.toMatch(/TIMEOUT|OVERLOADED|INTERNAL/);
    if (contract.durability === 'accepted') expect(answer).toMatchObject({ ok: true });
    socket.close();
  });

  test('every committed operation answers that it is not known to be done, in time and as retryable', async () => {
    const callers = [world.ann.token, world.admin.token].flatMap((token) => {
      const own = committed.filter(({ access }) => (access === 'staff' ? world.admin : world.ann).token === token);
      return Array.from({ length: Math.ceil(own.length / CALLS_AT_ONCE) }, (_, part) => ({
        token,
        contracts: own.slice(part * CALLS_AT_ONCE, (part + 1) * CALLS_AT_ONCE),
      }));
    });
    const startedAt = performance.now();
    const answers = await Promise.all(
      callers.map(async ({ token, contracts }) => {
        const socket = await openRawSocket(world.url, { token });
        const calls = contracts.map(async (contract) => ({
          name: contract.name,
          answer: await socket.call(contract.name, goodInput(world, contract)),
        }));
        return Promise.all(calls).finally(() => socket.close());
      }),
    );
    for (const { name, answer } of answers.flat()) {
      expect(answer, name).toMatchObject({ ok: false, error: { code: 'COMMIT_TIMEOUT', retryable: true } });
    }
    expect(performance.now() - startedAt).toBeLessThan(8_000);
  });
});
