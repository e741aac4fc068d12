import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../src/sdk/client.ts';
import { createPlaces } from '../../src/sdk/places.ts';
import { closeClients, connect } from './fixture/people.ts';
import { FixtureServer } from './fixture/server.ts';

let server: FixtureServer;
let bob: Client;

beforeEach(async () => {
  server = await FixtureServer.start();
  server.chat('room-1', ['ann', 'bob']);
  bob = await connect(server, 'bob');
});

afterEach(async () => {
  closeClients();
  await server.stop();
});

const read = () => bob.call('chat.read', { chatId: 'room-1', seq: 1 }, { timeoutMs: 200 }).catch(() => null);
const arrived = () => server.calls.filter(({ operation }) => operation === 'chat.read').length;

test('a free place is taken at once; a place that is given goes to who is to go first, then by turns', async () => {
  const places = createPlaces(1);
  const order: string[] = [];
  expect(places.take(1_000, false)).toBe(true);
  const waits = [
    Promise.resolve(places.take(10_000, false)).then(() => order.push('one')),
    Promise.resolve(places.take(10_000, false)).then(() => order.push('two')),
    Promise.resolve(places.take(10_000, true)).then(() => order.push('first')),
  ];
  for (const _ of waits) places.give();
  await Promise.all(waits);
  expect(order).toEqual(['first', 'one', 'two']);
});

test('who gives up waiting takes no place', async () => {
  const places = createPlaces(1);
  expect(places.take(0, false)).toBe(true);
  expect(await places.take(1, false)).toBe(false);
  places.give();
  expect(places.take(0, false)).toBe(true);
});

test('a server that does not answer is sent 16 calls and no more, however often they are repeated', async () => {
  server.faults.call = () => 'ignore';
  await Promise.all(Array.from({ length: 40 }, read));
  await Promise.all(Array.from({ length: 40 }, read));
  expect(arrived()).toBe(16);
});

test('a new connection begins with all its places', async () => {
  server.faults.call = () => 'ignore';
  await Promise.all(Array.from({ length: 20 }, read));
  server.noFaults();
  server.cut();
  await bob.online();
  expect(await bob.call('chat.read', { chatId: 'room-1', seq: 0 })).toMatchObject({ seq: 0 });
});
