import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { inTurn } from '../../src/http/in-turn.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { until } from '../support/until.ts';

/** More than the network takes by itself. */
const LARGE = 'x'.repeat(16 * 1_024 * 1_024);

const metrics = createMetrics();
let server: Server | undefined;
let client: Socket | undefined;
let port = 0;
afterEach(() => {
  client?.destroy();
  server?.closeAllConnections();
  server?.close();
});

/** What was asked, in the order in which it was begun. */
const serve = async (answer: RequestListener): Promise<string[]> => {
  const begun: string[] = [];
  const listener: RequestListener = (request, response) => {
    begun.push(request.url ?? '');
    return answer(request, response);
  };
  server = createServer(inTurn(listener, metrics));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  client = connect(port, '127.0.0.1');
  await once(client, 'connect');
  return begun;
};

const ask = (from: number, to: number): void => {
  const requests = Array.from({ length: to - from }, (_, place) => `GET /${from + place} HTTP/1.1\r\nHost: x\r\n\r\n`);
  client?.write(requests.join(''));
};
const numbers = (count: number) => Array.from({ length: count }, (_, place) => `/${place}`);
const closed = async () =>
  (await metrics.slowConsumers.get()).values.find(({ labels }) => labels.action === 'close')?.value ?? 0;

test('requests sent ahead are served one after another, as their answers are read', async () => {
  const begun = await serve((_request, response) => void response.end(LARGE));
  client?.pause();
  ask(0, 5);
  await until(() => begun.length > 0);
  // A second round trip: what the server would have begun by then it has begun.
  const other = connect(port, '127.0.0.1');
  other.end('GET /other HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  await once(other.resume(), 'close');
  expect(begun).toEqual(['/0', '/other']);
  let bytes = 0;
  client?.on('data', (chunk) => {
    bytes += chunk.length;
  });
  client?.resume();
  await until(() => bytes > 5 * LARGE.length, { what: 'all answers' });
  expect(begun.filter((path) => path !== '/other')).toEqual(numbers(5));
});

test('answers that take their time keep their order, and a kept connection goes on', async () => {
  const begun = await serve((request, response) => {
    setImmediate(() => response.end(`<${request.url}>`));
  });
  let heard = '';
  client?.on('data', (chunk) => {
    heard += chunk;
  });
  ask(0, 50);
  await until(() => heard.includes('</49>'));
  ask(50, 60);
  await until(() => heard.includes('</59>'));
  expect([...heard.matchAll(/<(\/\d+)>/g)].map(([, path]) => path)).toEqual(numbers(60));
  expect(begun).toEqual(numbers(60));
});

test('who sends more ahead than may wait is cut, and what waited is never begun', async () => {
  const begun = await serve(() => undefined);
  client?.on('error', () => undefined);
  ask(0, 101);
  await until(() => begun.length === 1);
  ask(101, 102);
  await once(client?.resume() as Socket, 'close');
  expect(begun).toEqual(['/0']);
});

test('who does not read an answer is cut, and who waits for one is not', async () => {
  const before = await closed();
  const begun = await serve((request, response) => {
    if (request.url === '/0') response.end(LARGE);
  });
  const waiting = connect(port, '127.0.0.1');
  waiting.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n');
  await until(() => begun.includes('/slow'));
  client?.on('error', () => undefined);
  client?.pause();
  ask(0, 1);
  await until(async () => (await closed()) > before, { withinMs: 25_000, what: 'the connection to be cut' });
  expect(waiting.destroyed).toBe(false);
  expect(await new Promise<number>((resolve) => server?.getConnections((_error, count) => resolve(count)))).toBe(1);
  waiting.destroy();
}, 40_000);
