import type { Socket } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Cluster, startCluster } from '../support/cluster.ts';
import { freshDatabase, freshRedis } from '../support/databases.ts';
import { ask, call, connect, http, register } from '../support/people.ts';
import { until } from '../support/until.ts';

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster({
    databaseUrl: await freshDatabase(),
    redisUrl: await freshRedis(),
    nodes: 2,
    workers: 1,
  });
});
afterAll(() => cluster?.stop());

/** Everybody whom one of this socket's rooms told as gone; with that entry no node sends them more of the room. */
const leavers = (socket: Socket): string[] => {
  const gone: string[] = [];
  socket.on('room.entries', (frame: { entries: { signal: string; data: { userIds?: string[] } }[] }) => {
    for (const { signal, data } of frame.entries) if (signal === 'chat.memberLeft') gone.push(...(data.userIds ?? []));
  });
  return gone;
};

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

test('a ticket opens the event’s chat, and its end closes it on live sockets within a second', async () => {
  const [near = '', far = ''] = cluster.nodes.map(({ url }) => url);
  const [host, ann] = [await register(near), await register(far)];
  const made = await http(`${near}/v1/events`, {
    token: host.token,
    body: {
      title: 'Membership',
      description: 'Who comes may talk',
      startDate: inHours(48),
      endDate: inHours(50),
      ticketTypes: [{ name: 'Seat', price: 0, capacity: 5 }],
    },
  });
  const eventId = String(made.body.id);
  await http(`${near}/v1/events/${eventId}/publish`, { token: host.token, body: {} });
  const [hostSocket, annSocket] = [connect(near, host), connect(far, ann)];
  const room = `chat:${eventId}`;
  const told: unknown[] = [];
  annSocket.on('booking.changed', (data) => told.push(data));
  const capacities: unknown[] = [];
  await until(async () => (await call(hostSocket, 'room.watch', { room: `event:${eventId}` })).ok);
  hostSocket.on('room.entries', (frame: { entries: { signal: string; data: unknown }[] }) => {
    for (const { signal, data } of frame.entries) if (signal === 'event.capacity') capacities.push(data);
  });
  expect((await call(annSocket, 'room.watch', { room })).ok).toBe(false);

  const { ticketTypes } = await ask<{ ticketTypes: { id: string }[] }>(annSocket, 'event.get', { eventId });
  const items = [{ ticketTypeId: ticketTypes[0]?.id, quantity: 1 }];
  const booking = await ask<{ id: string; status: string }>(annSocket, 'booking.create', { eventId, items });
  expect(booking.status).toBe('CONFIRMED');
  await until(async () => (await call(annSocket, 'room.watch', { room })).ok, { what: 'the chat of who has a ticket' });
  await ask(hostSocket, 'room.watch', { room });
  const gone = leavers(hostSocket);
  await until(() => told.some((each) => (each as { status: string }).status === 'CONFIRMED'), {
    what: 'booking.changed',
  });
  await until(() => capacities.some((each) => (each as { available: number }).available === 4), {
    what: 'event.capacity',
  });

  const heard: string[] = [];
  annSocket.on('room.entries', (frame: { room: string; entries: { signal: string; data: { body?: string } }[] }) => {
    for (const { signal, data } of frame.entries) if (signal === 'chat.sent') heard.push(data.body ?? '');
  });
  const say = (body: string) => ask(hostSocket, 'chat.send', { chatId: eventId, clientId: crypto.randomUUID(), body });
  await say('with Ann');
  await until(() => heard.includes('with Ann'), { what: 'what is said to who has a ticket' });

  await ask(annSocket, 'booking.cancel', { bookingId: booking.id });
  const cancelledAt = performance.now();
  await until(() => gone.includes(ann.id), { what: 'the end of the membership' });
  const tookMs = performance.now() - cancelledAt;
  expect((await call(annSocket, 'room.watch', { room })).ok).toBe(false);
  await say('without Ann');
  await until(() => capacities.some((each) => (each as { available: number }).available === 5), {
    what: 'the seat’s return',
  });
  expect(heard).toEqual(['with Ann']);
  expect(tookMs).toBeLessThan(2_000);
  for (const socket of [hostSocket, annSocket]) socket.disconnect();
}, 60_000);

test('who is removed from an event’s team hears its chat no more within a second', async () => {
  const [near = '', far = ''] = cluster.nodes.map(({ url }) => url);
  const [host, bob] = [await register(near), await register(far)];
  const [hostSocket, bobSocket] = [connect(near, host), connect(far, bob)];
  const made = { title: 'Team', description: 'Who runs it', startDate: inHours(48), endDate: inHours(50) };
  const { id: eventId } = await ask<{ id: string }>(hostSocket, 'event.create', { ...made, status: 'PUBLISHED' });
  await ask(hostSocket, 'host.invite', { eventId, userId: bob.id, role: 'CO_HOST' });
  await ask(bobSocket, 'host.accept', { eventId });
  const room = `chat:${eventId}`;
  await until(async () => (await call(bobSocket, 'room.watch', { room })).ok, {
    what: 'the chat of who runs the event',
  });
  await ask(hostSocket, 'room.watch', { room });
  const gone = leavers(hostSocket);
  const heard: string[] = [];
  bobSocket.on('room.entries', (frame: { entries: { signal: string; data: { body?: string } }[] }) => {
    for (const { signal, data } of frame.entries) if (signal === 'chat.sent') heard.push(data.body ?? '');
  });
  const say = (body: string) => ask(hostSocket, 'chat.send', { chatId: eventId, clientId: crypto.randomUUID(), body });
  await say('with Bob');
  await until(() => heard.includes('with Bob'), { what: 'what is said to who runs the event' });

  await ask(hostSocket, 'host.remove', { eventId, userId: bob.id });
  const removedAt = performance.now();
  await until(() => gone.includes(bob.id), { what: 'the end of the membership' });
  expect(performance.now() - removedAt).toBeLessThan(2_000);
  expect((await call(bobSocket, 'room.watch', { room })).ok).toBe(false);
  await say('without Bob');
  expect(
    (await call(bobSocket, 'chat.send', { chatId: eventId, clientId: crypto.randomUUID(), body: 'still' })).ok,
  ).toBe(false);
  expect(heard).toEqual(['with Bob']);
  for (const socket of [hostSocket, bobSocket]) socket.disconnect();
}, 60_000);
