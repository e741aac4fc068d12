import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { codeOf, type EventWorld, newEvent, openEventWorld } from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let guest: string;
let waiting: string;
let stranger: string;
let eventId: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', guest = '', waiting = '', stranger = ''] = world.people;
  eventId = (await world.ask(host, 'event.create', newEvent({ status: 'PUBLISHED' }))).id;
  await world.database.eventParticipant.create({ data: { id: newId(), eventId, userId: guest, status: 'ISSUED' } });
  await world.database.waitlist.create({ data: { id: newId(), eventId, userId: waiting } });
  await world.settle();
});
afterAll(() => world?.close());

interface Update {
  id: string;
  title: string;
  isPinned: boolean;
}
const publish = (fields: object) =>
  world.ask<Update>(host, 'eventUpdate.publish', { eventId, title: 'News', body: 'Doors open at six.', ...fields });
const titles = async (by: string | null): Promise<string[]> => {
  const { items } = await world.ask<{ items: Update[] }>(by, 'eventUpdate.list', { eventId });
  return items.map(({ title }) => title);
};
const heard = async (room: string): Promise<unknown[]> =>
  (await world.log(room))
    .filter(({ signal }) => signal === 'event.announced')
    .map(({ data }) => (data as Update).title);

test('each hears what is for them, live and later, and nobody else does', async () => {
  await publish({ title: 'For all' });
  await publish({ title: 'For guests', audience: 'PARTICIPANTS' });
  await publish({ title: 'For who waits', audience: 'WAITLIST' });
  await publish({ title: 'For the team', audience: 'STAFF' });
  await world.settle();
  const byAudience = ['For the team', 'For who waits', 'For guests', 'For all'];
  expect(await titles(host)).toEqual(byAudience);
  expect(await titles(guest)).toEqual(['For guests', 'For all']);
  expect(await titles(waiting)).toEqual(['For who waits', 'For all']);
  expect([await titles(stranger), await titles(null)]).toEqual([['For all'], ['For all']]);
  expect(await heard(`event:${eventId}`)).toEqual(['For all']);
  expect(await heard(`user:${guest}`)).toEqual(['For guests']);
  expect(await heard(`user:${waiting}`)).toEqual(['For who waits']);
  expect(await heard(`user:${stranger}`)).toEqual([]);
  expect((await world.facts('eventUpdate.published', eventId)).map(({ audience }) => audience)).toEqual([
    ...['PUBLIC', 'PARTICIPANTS', 'WAITLIST', 'STAFF'],
  ]);
});

test('an update is pinned and taken back by the team', async () => {
  const { id: updateId } = await publish({ title: 'Wrong' });
  const pin = { eventId, updateId, isPinned: true };
  expect(await world.ask(host, 'eventUpdate.pin', pin)).toMatchObject({ isPinned: true });
  expect(codeOf(await world.call(guest, 'eventUpdate.pin', pin))).toBe('FORBIDDEN');
  await world.ask(host, 'eventUpdate.delete', { eventId, updateId });
  expect(await titles(host)).not.toContain('Wrong');
  expect(codeOf(await world.call(host, 'eventUpdate.delete', { eventId, updateId }))).toBe('NOT_FOUND');
  await world.settle();
  expect(await heard(`event:${eventId}`)).not.toContain('Wrong');
});

test('of a draft nobody is told', async () => {
  const draft = await world.ask(host, 'event.create', newEvent());
  const answer = await world.call(host, 'eventUpdate.publish', { eventId: draft.id, title: 'Early', body: '' });
  expect(codeOf(answer)).toBe('CONFLICT');
});
