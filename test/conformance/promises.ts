import { beforeAll, describe, expect, test } from 'vitest';
import { isSafe, routeOf } from '../../src/http/documents/route.ts';
import { errorsOf, type OperationContract } from '../../src/kernel/contract.ts';
import type { Answer } from '../../src/kernel/execute.ts';
import { newId } from '../../src/platform/ids.ts';
import { until } from '../support/until.ts';
import { callHttp } from './call-http.ts';
import { oneOfEachKind } from './kinds.ts';
import { openRawSocket } from './raw-socket.ts';
import { callerOf, goodInput, operations, renew, type World } from './world.ts';

/** A socket runs no more of its calls at a time. */
const CALLS_AT_ONCE = 16;

const named = (contracts: readonly OperationContract[]) =>
  contracts.map((contract) => [contract.name, contract] as const);
const committed = operations.filter(({ durability }) => durability === 'committed');
const onNodes = operations.filter(({ durability }) => durability !== 'committed');
const isUnsafe = (contract: OperationContract): boolean => {
  const route = routeOf(contract);
  return route !== null && !isSafe(route);
};

const expectOutputOrDeclaredError = (contract: OperationContract, answer: Answer): void => {
  if (answer.ok) contract.output.parse(answer.data);
  else expect(errorsOf(contract).filter((code) => code !== 'INTERNAL')).toContain(answer.error.code);
};

/** Tests of what every operation promises to a good call. They end the worker. */
export const testPromises = (worldOf: () => World): void => {
  describe('a good call', () => {
    test.each(named(onNodes))('of %s is answered with its output, or an error it declares', async (name, contract) => {
      const own = await renew(worldOf(), contract);
      const socket = await openRawSocket(own.url, { token: callerOf(own, contract).token });
      expectOutputOrDeclaredError(contract, await socket.call(name, goodInput(own, contract)));
      socket.close();
    });

    test.each(named(committed))(
      'of %s is answered so, and its repeat with the same key over Socket.IO gets the first answer',
      async (name, contract) => {
        const own = await renew(worldOf(), contract);
        const auth = { token: callerOf(own, contract).token };
        const sockets = [await openRawSocket(own.url, auth), await openRawSocket(own.url, auth)];
        const call = { ...goodInput(own, contract), idempotencyKey: newId() };
        // What ends a session also ends the sockets it could be repeated on.
        const asked = name === 'session.logout' ? sockets.slice(1) : sockets;
        const [first, ...others] = await Promise.all(asked.map((socket) => socket.call(name, call)));
        for (const other of others) expect(other).toEqual(first);
        if (first) expectOutputOrDeclaredError(contract, first);
        for (const socket of sockets) socket.close();
      },
    );
  });

  describe('a repeat with the same idempotency key', () => {
    const logout = operations.filter(({ name }) => name === 'session.logout');
    const repeated = [...new Set([...oneOfEachKind(operations.filter(isUnsafe)), ...logout])];

    test.each(named(repeated))('of %s over HTTP gets the first answer', async (name, contract) => {
      const own = await renew(worldOf(), contract);
      const headers = { 'idempotency-key': newId() };
      const call = { url: own.url, input: goodInput(own, contract), token: callerOf(own, contract).token, headers };
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

  describe('while no worker runs', () => {
    const own = new Map<string, World>();

    beforeAll(async () => {
      for (const contract of onNodes) own.set(contract.name, await renew(worldOf(), contract));
      await worldOf().cluster.workers[0]?.kill();
    });

    // Side by side: some wait for seconds for a worker.
    test.concurrent.each(named(onNodes))('%s keeps what its durability says and answers', async (name, contract) => {
      const world = own.get(name) ?? worldOf();
      const socket = await openRawSocket(world.url, { token: callerOf(world, contract).token });
      const startedAt = performance.now();
      const answer = await socket.call(name, goodInput(world, contract));
      // The sandbox's page waits 3 s for its payment; a worker would be waited for 5 s.
      expect(performance.now() - startedAt).toBeLessThan(4_000);
      expect(answer.ok ? 'OK' : answer.error.code).not.toMatch(/TIMEOUT|OVERLOADED|INTERNAL/);
      if (contract.durability === 'accepted') expect(answer).toMatchObject({ ok: true });
      socket.close();
    });

    test('every committed operation answers that it is not known to be done, in time and as retryable', async () => {
      const world = worldOf();
      const callers = [world.ann.token, world.admin.token].flatMap((token) => {
        const callable = committed.filter(
          ({ access }) => (access === 'staff' ? world.admin : world.ann).token === token,
        );
        return Array.from({ length: Math.ceil(callable.length / CALLS_AT_ONCE) }, (_, part) => ({
          token,
          contracts: callable.slice(part * CALLS_AT_ONCE, (part + 1) * CALLS_AT_ONCE),
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
};
