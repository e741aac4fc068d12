import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, type EventWorld, errorOf, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let me: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', me = ''] = world.people;
});
afterAll(() => world?.close());

interface Page {
  items: { eventId: string; note: string | null; event: { title: string } }[];
  nextCursor: string | null;
}
const published = () => world.ask(host, 'event.create', newEvent({ status: 'PUBLISHED' }));
const list = (input: object = {}) => world.ask<Page>(me, 'savedEvent.list', input);

test('a list holds what was put on it, latest first, in pages, until it is taken off', async () => {
  const saved: string[] = [];
  for (let count = 0; count < 3; count += 1) {
    const { id: eventId } = await published();
    await world.ask(me, 'savedEvent.add', { eventId, note: 'Go!' });
    saved.unshift(eventId);
  }
  await world.ask(me, 'savedEvent.add', { eventId: saved[2], note: null });
  const first = await list({ limit: 2 });
  const second = await list({ limit: 2, cursor: first.nextCursor });
  expect([...first.items, ...second.items].map(({ eventId }) => eventId)).toEqual(saved);
  expect(second.items).toMatchObject([{ note: null, event: { title: 'Tech Meetup' } }]);
  await world.ask(me, 'savedEvent.remove', { eventId: saved[1] });
  expect(codeOf(await world.call(me, 'savedEvent.remove', { eventId: saved[1] }))).toBe('NOT_FOUND');
  expect((await list()).items).toHaveLength(2);
});

test('what may no longer be seen is left out, what never could be is not found', async () => {
  const { id: eventId } = await published();
  await world.ask(me, 'savedEvent.add', { eventId });
  await world.ask(host, 'event.edit', { eventId, visibility: 'PRIVATE' });
  expect((await list()).items.map((item) => item.eventId)).not.toContain(eventId);
  expect(codeOf(await world.call(me, 'savedEvent.add', { eventId }))).toBe('NOT_FOUND');
  expect(codeOf(await world.call(me, 'savedEvent.add', { eventId: newId() }))).toBe('NOT_FOUND');
});

test('nobody is reminded in the past', async () => {
  const { id: eventId } = await published();
  const answer = await world.call(me, 'savedEvent.add', { eventId, remindAt: '2020-01-01T00:00:00Z' });
  expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'remindAt' }] });
});
