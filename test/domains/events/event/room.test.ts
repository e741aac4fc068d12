import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Cluster, startCluster } from '../../../support/cluster.ts';
import { freshDatabase, freshRedis } from '../../../support/databases.ts';
import { ask, call, connect, http, type Person, register } from '../../../support/people.ts';
import { until } from '../../../support/until.ts';
import { type EventAnswer, newEvent } from '../support/event-world.ts';

let cluster: Cluster;
let database: ReturnType<typeof openDatabase>;
let host: Person;
let ann: Person;
let bob: Person;

beforeAll(async () => {
  const [databaseUrl, redisUrl] = [await freshDatabase(), await freshRedis()];
  database = openDatabase(databaseUrl, 2);
  cluster = await startCluster({ databaseUrl, redisUrl, nodes: 2, workers: 1, environment: { LOG_LEVEL: 'error' } });
  [host, ann, bob] = await Promise.all([register(url(0)), register(url(0)), register(url(1))]);
});

afterAll(async () => {
  await cluster?.stop();
  await database?.$disconnect();
});

const url = (node: number): string => cluster.nodes[node]?.url ?? '';

interface Heard {
  entries: { seq: number; signal: string; data: Record<string, unknown> }[];
  left: string[];
}

/** A socket on a node that keeps what it hears. */
const listen = (person: Person, node: number) => {
  const socket = connect(url(node), person);
  const heard: Heard = { entries: [], left: [] };
  socket.on('room.entries', ({ entries }: Heard) => heard.entries.push(...entries));
  socket.on('room.left', ({ room }: { room: string }) => heard.left.push(room));
  return { socket, heard };
};
const hasHeard = ({ heard }: { heard: Heard }, signal: string) =>
  until(() => heard.entries.find((entry) => entry.signal === signal), { what: signal });

const post = async (path: string, body: object = {}) => {
  const { status, body: answer } = await http(`${url(0)}${path}`, { token: host.token, body });
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer as unknown as EventAnswer;
};

describe('over HTTP and sockets, on two nodes', () => {
  test('an event is made, published and told of in its room, and has a chat', async () => {
    const event = await post('/v1/events', newEvent());
    const watcher = listen(ann, 1);
    expect(await call(watcher.socket, 'room.watch', { room: `event:${event.id}` })).toMatchObject({
      ...{ ok: false, error: { code: 'NOT_FOUND' } },
    });
    await post(`/v1/events/${event.id}/publish`);
    await ask(watcher.socket, 'room.watch', { room: `event:${event.id}` });
    await post(`/v1/events/${event.id}/updates`, { title: 'Hello', body: 'Doors open at six.' });
    const announced = await hasHeard(watcher, 'event.announced');
    expect(announced.data).toMatchObject({ eventId: event.id, title: 'Hello', body: 'Doors open at six.' });
    const edited = await http(`${url(1)}/v1/events/${event.id}`, {
      ...{ method: 'PATCH', token: host.token, body: { venue: 'New Hall' } },
    });
    expect(edited.status).toBe(200);
    const updated = await until(() => watcher.heard.entries.find(({ data }) => data.venue === 'New Hall'));
    expect(updated).toMatchObject({ signal: 'event.updated', data: { changed: ['venue'], status: 'PUBLISHED' } });
    const shown = await http(`${url(1)}/v1/events/${event.slug}`);
    expect(shown).toMatchObject({ status: 200, body: { id: event.id, venue: 'New Hall', myRole: null } });
    const hosting = listen(host, 0);
    const chat = await until(async () => {
      const { items } = await ask<{ items: { id: string; kind: string; role: string }[] }>(hosting.socket, 'chat.list');
      return items.find(({ kind }) => kind === 'EVENT');
    });
    expect(chat).toMatchObject({ id: event.id, role: 'OWNER' });
    for (const { socket } of [watcher, hosting]) socket.disconnect();
  });

  test('who may no longer see an event leaves its room on every node within a second, who may stays', async () => {
    const event = await post('/v1/events', newEvent({ status: 'PUBLISHED' }));
    const room = `event:${event.id}`;
    const strangers = [listen(ann, 0), listen(ann, 1)];
    const holder = listen(bob, 1);
    await database.eventParticipant.create({
      data: { id: newId(), eventId: event.id, userId: bob.id, status: 'ISSUED' },
    });
    for (const { socket } of [...strangers, holder]) await ask(socket, 'room.watch', { room });
    await http(`${url(0)}/v1/events/${event.id}`, {
      ...{ method: 'PATCH', token: host.token, body: { visibility: 'PRIVATE' } },
    });
    const answeredAt = performance.now();
    await until(() => strangers.every(({ heard }) => heard.left.includes(room)), { what: 'everyone sent out' });
    expect(performance.now() - answeredAt).toBeLessThan(1_000);
    for (const { socket } of strangers) {
      expect(await call(socket, 'room.watch', { room })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    }
    await post(`/v1/events/${event.id}/updates`, { title: 'Only for us', body: '' });
    await hasHeard(holder, 'event.announced');
    expect(holder.heard.left).toEqual([]);
    for (const { heard } of strangers) {
      expect(heard.entries.map(({ signal }) => signal)).not.toContain('event.announced');
    }
    for (const { socket } of [...strangers, holder]) socket.disconnect();
  });

  test('the chat of an event is called as the event is called now', async () => {
    const event = await post('/v1/events', newEvent({ status: 'PUBLISHED' }));
    const hosting = connect(url(0), host);
    const titleOf = async () => (await call(hosting, 'chat.get', { chatId: event.id })) as { data?: { title: string } };
    await until(async () => (await titleOf()).data?.title === 'Tech Meetup', { what: 'the chat' });
    const title = `${'é'.repeat(120)} meetup`;
    await ask(hosting, 'event.edit', { eventId: event.id, title });
    await until(async () => (await titleOf()).data?.title === title.slice(0, 100), { what: 'the new title' });
    expect(await call(hosting, 'chat.update', { chatId: event.id, title: 'Mine' })).toMatchObject({
      error: { code: 'CONFLICT' },
    });
    hosting.disconnect();
  });

  test('who blocks the host, and who is blocked, leaves the event’s room within a second and finds no event; who holds a ticket stays (B4)', async () => {
    const event = await post('/v1/events', newEvent({ status: 'PUBLISHED' }));
    const room = `event:${event.id}`;
    const [cleo, dan] = await Promise.all([register(url(0)), register(url(1))]);
    const [blocked, blocker, holder] = [listen(cleo, 1), listen(dan, 0), listen(bob, 1)];
    await database.eventParticipant.create({
      data: { id: newId(), eventId: event.id, userId: bob.id, status: 'ISSUED' },
    });
    for (const { socket } of [blocked, blocker, holder]) await ask(socket, 'room.watch', { room });
    await ask(blocker.socket, 'block.add', { userId: host.id });
    const own = connect(url(0), host);
    for (const { id: userId } of [cleo, bob]) await ask(own, 'block.add', { userId });
    const answeredAt = performance.now();
    await until(() => blocked.heard.left.includes(room) && blocker.heard.left.includes(room), {
      what: 'both sent out',
    });
    expect(performance.now() - answeredAt).toBeLessThan(1_000);
    const order = { eventId: event.id, items: [{ ticketTypeId: event.ticketTypes[0]?.id, quantity: 1 }] };
    for (const { socket } of [blocked, blocker]) {
      for (const [operation, input] of [
        ['room.watch', { room }],
        ['event.get', { eventId: event.id }],
        ['booking.create', order],
      ] as const) {
        expect(await call(socket, operation, input), operation).toMatchObject({ error: { code: 'NOT_FOUND' } });
      }
    }
    await post(`/v1/events/${event.id}/updates`, { title: 'For who is coming', body: '' });
    await hasHeard(holder, 'event.announced');
    expect(holder.heard.left).toEqual([]);
    expect(await call(holder.socket, 'event.get', { eventId: event.id })).toMatchObject({ ok: true });
    for (const socket of [blocked.socket, blocker.socket, holder.socket, own]) socket.disconnect();
  });

  test('who is taken out of the team of a private event leaves its room', async () => {
    const event = await post('/v1/events', newEvent({ status: 'PUBLISHED', visibility: 'PRIVATE' }));
    const room = `event:${event.id}`;
    await post(`/v1/events/${event.id}/hosts`, { userId: ann.id, role: 'DOOR_STAFF' });
    const helper = listen(ann, 1);
    await ask(helper.socket, 'host.accept', { eventId: event.id });
    await ask(helper.socket, 'room.watch', { room });
    const removed = await fetch(`${url(0)}/v1/events/${event.id}/hosts/${ann.id}`, {
      ...{ method: 'DELETE', headers: { authorization: `Bearer ${host.token}` } },
    });
    expect(removed.status).toBe(200);
    await until(() => helper.heard.left.includes(room), { what: 'room.left' });
    expect(await call(helper.socket, 'event.get', { eventId: event.id })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
    helper.socket.disconnect();
  });
});
