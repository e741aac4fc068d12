import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import {
  codeOf,
  type EventAnswer,
  type EventWorld,
  errorOf,
  newEvent,
  openEventWorld,
} from '../support/event-world.ts';

let world: EventWorld;
let host: string;
let other: string;

beforeAll(async () => {
  world = await openEventWorld();
  [host = '', other = ''] = world.people;
});
afterAll(() => world?.close());

const create = (fields: object = {}) => world.ask(host, 'event.create', newEvent(fields));
const published = (fields: object = {}) => create({ status: 'PUBLISHED', ...fields });

describe('event.create', () => {
  test('makes a draft with its kinds of tickets and the lowest price', async () => {
    const event = await create();
    expect(event).toMatchObject({
      status: 'DRAFT',
      myRole: 'OWNER',
      currency: 'BDT',
      isFree: false,
      price: { amountMinor: 50_000, currency: 'BDT' },
      host: { userId: host, firstName: 'First0' },
      ticketTypes: [
        { name: 'Regular', price: { amountMinor: 50_000, currency: 'BDT' }, capacity: 40, available: 40 },
        { name: 'VIP', price: { amountMinor: 120_000, currency: 'BDT' }, capacity: 10, available: 10 },
      ],
    });
    expect(event.slug).toMatch(/^tech-meetup-[0-9a-f]{8}$/);
    expect(await world.ask(host, 'event.get', { eventId: event.slug })).toEqual(event);
  });

  test('takes the fields of the example in the database’s own description', async () => {
    const event = await world.ask<object>(host, 'event.create', {
      title: 'Tech Meetup',
      slug: 'tech-meetup-2026',
      description: 'Join us for an amazing tech meetup!',
      type: 'TECH_INNOVATION',
      status: 'PUBLISHED',
      visibility: 'PUBLIC',
      startDate: newEvent().startDate,
      endDate: newEvent().endDate,
      mode: 'PHYSICAL',
      venue: 'Tech Hub',
      city: 'Dhaka',
      country: 'Bangladesh',
      minParticipants: 5,
      maxParticipants: 50,
      isFree: false,
      price: 500,
      currency: 'BDT',
    });
    expect(event).toMatchObject({
      slug: 'tech-meetup-2026',
      status: 'PUBLISHED',
      price: { amountMinor: 500, currency: 'BDT' },
      ticketTypes: [{ name: 'General admission', capacity: 50, available: 50 }],
    });
    const again = await world.call(host, 'event.create', newEvent({ slug: 'tech-meetup-2026' }));
    expect(errorOf(again)).toMatchObject({ code: 'CONFLICT', issues: [{ path: 'slug' }] });
  });

  const past = new Date(Date.now() - 3_600_000).toISOString();
  test.each([
    ['an end before the start', { endDate: newEvent().startDate }, 'endDate'],
    ['a start in the past', { startDate: past }, 'startDate'],
    ['an end years after', { endDate: '2099-01-01T00:00:00Z' }, 'endDate'],
    ['an unknown zone', { timeZone: 'Asia/Atlantis' }, 'timeZone'],
    ['an offset for a zone', { timeZone: '+06:00' }, 'timeZone'],
    ['an unknown currency', { currency: 'XXQ', ticketTypes: [] }, 'currency'],
    ['a negative capacity', { maxParticipants: -1 }, 'maxParticipants'],
    ['a capacity below the least', { minParticipants: 5, maxParticipants: 4 }, 'maxParticipants'],
    ['half a point', { latitude: 23.8 }, 'longitude'],
    ['a category that is not there', { categoryId: newId() }, 'categoryId'],
    ['a policy that is not there', { cancellationPolicyId: newId() }, 'cancellationPolicyId'],
    ['a slug that is an id', { slug: newId() }, 'slug'],
    ['a reserved slug', { slug: 'search' }, 'slug'],
    ['a negative price', { ticketTypes: [{ name: 'A', price: -1 }] }, 'ticketTypes.0.price'],
    ['a negative seat count', { ticketTypes: [{ name: 'A', capacity: -1 }] }, 'ticketTypes.0.capacity'],
    [
      'a price in another currency',
      { ticketTypes: [{ name: 'A', price: { amountMinor: 1, currency: 'USD' } }] },
      'ticketTypes.0.price.currency',
    ],
    [
      'fewer at most than at least',
      { ticketTypes: [{ name: 'A', minPerOrder: 3, maxPerOrder: 2 }] },
      'ticketTypes.0.maxPerOrder',
    ],
    [
      'a sale that ends first',
      { ticketTypes: [{ name: 'A', salesStartAt: newEvent().endDate, salesEndAt: newEvent().startDate }] },
      'ticketTypes.0.salesEndAt',
    ],
    ['a free event with a price', { isFree: true }, 'isFree'],
    [
      'a registration that ends first',
      { registrationOpensAt: newEvent().endDate, registrationClosesAt: newEvent().startDate },
      'registrationClosesAt',
    ],
  ])('refuses %s by the field’s name', async (_what, fields, path) => {
    const error = errorOf(await world.call(host, 'event.create', newEvent(fields)));
    expect(error).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] });
    expect(error.message).toContain(path);
  });

  test('refuses two kinds of ticket of one name, and leaves nothing', async () => {
    const before = await world.database.event.count();
    const input = newEvent({ ticketTypes: [{ name: 'A' }, { name: 'A' }] });
    expect(codeOf(await world.call(host, 'event.create', input))).toBe('CONFLICT');
    expect(await world.database.event.count()).toBe(before);
  });
});

describe('event.edit', () => {
  test('changes what is given, says what changed, and leaves an audit trail', async () => {
    const { id: eventId } = await published();
    const edited = await world.ask<object>(host, 'event.edit', { eventId, venue: 'New Hall', title: 'Tech Meetup' });
    expect(edited).toMatchObject({ venue: 'New Hall', title: 'Tech Meetup' });
    expect(await world.facts('event.updated', eventId)).toMatchObject([{ changed: ['venue'], updatedBy: host }]);
    const audited = await world.database.auditLog.findMany({ where: { action: 'event.edit', targetId: eventId } });
    expect(audited).toMatchObject([{ actorId: host, payload: expect.any(String) }]);
    await world.ask(host, 'event.edit', { eventId, venue: 'New Hall' });
    expect(await world.facts('event.updated', eventId)).toHaveLength(1);
  });

  test('checks a changed end against the start that stays', async () => {
    const { id: eventId, startDate } = await published();
    const answer = await world.call(host, 'event.edit', { eventId, endDate: startDate });
    expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'endDate' }] });
  });

  test('lowers a capacity below what is sold, which closes new claims only, and frees seats when it grows', async () => {
    const { id: eventId } = await published({ maxParticipants: 50 });
    await world.database.event.update({ where: { id: eventId }, data: { sold: 20 } });
    const closed = await world.ask(host, 'event.edit', { eventId, maxParticipants: 10 });
    expect(closed.ticketTypes.map(({ available }) => available)).toEqual([0, 0]);
    expect(await world.facts('seats.freed', eventId)).toEqual([]);
    const opened = await world.ask(host, 'event.edit', { eventId, maxParticipants: 25 });
    expect(opened.ticketTypes.map(({ available }) => available)).toEqual([5, 5]);
    expect(await world.facts('seats.freed', eventId)).toEqual([{ eventId, ticketTypeId: null }]);
  });

  test('is for the team, and not for what is over', async () => {
    const { id: eventId } = await published();
    expect(codeOf(await world.call(other, 'event.edit', { eventId, venue: 'Mine' }))).toBe('FORBIDDEN');
    await world.ask(host, 'event.cancel', { eventId });
    expect(codeOf(await world.call(host, 'event.edit', { eventId, venue: 'Too late' }))).toBe('CONFLICT');
  });
});

describe('who may see an event', () => {
  const seen = async (by: string | null, eventId: string) => codeOf(await world.call(by, 'event.get', { eventId }));

  test('nobody but the team sees a draft', async () => {
    const { id } = await create();
    expect(await seen(host, id)).toBe('OK');
    expect([await seen(other, id), await seen(null, id)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
    expect(await seen(other, newId())).toBe('NOT_FOUND');
    expect(await world.call({ userId: other, role: 'SUPPORT' }, 'event.get', { eventId: id })).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['PUBLIC', 'OK', 'OK'],
    ['UNLISTED', 'OK', 'OK'],
    ['FOLLOWERS', 'NOT_FOUND', 'OK'],
    ['TICKET_HOLDERS', 'NOT_FOUND', 'OK'],
    ['PRIVATE', 'NOT_FOUND', 'OK'],
  ])('%s: a stranger gets %s, a ticket holder %s', async (visibility, stranger, holder) => {
    const { id: eventId } = await published({ visibility });
    const guest = world.people[2] ?? '';
    const about = { eventId, userId: guest, quantity: 1, totalAmount: 0n };
    await world.database.booking.create({ data: { id: newId(), ...about, status: 'CONFIRMED' } });
    expect([await seen(other, eventId), await seen(guest, eventId)]).toEqual([stranger, holder]);
    expect(await world.canWatch(other, eventId)).toBe(stranger === 'OK');
  });

  test('a follower sees what is for followers', async () => {
    const { id } = await published({ visibility: 'FOLLOWERS' });
    const [follower = ''] = world.people.slice(3);
    expect(await seen(follower, id)).toBe('NOT_FOUND');
    await world.database.follow.create({ data: { followerId: follower, followeeId: host } });
    expect(await seen(follower, id)).toBe('OK');
  });

  test('the address of an online event is for who was admitted', async () => {
    const { id: eventId } = await published({ mode: 'ONLINE', onlineUrl: 'https://meet.example.org/x' });
    const guest = world.people[4] ?? '';
    const urlFor = async (by: string | null) => (await world.ask(by, 'event.get', { eventId })).onlineUrl;
    expect([await urlFor(host), await urlFor(guest), await urlFor(null)]).toEqual([
      'https://meet.example.org/x',
      null,
      null,
    ]);
    await world.database.eventParticipant.create({ data: { id: newId(), eventId, userId: guest, status: 'ISSUED' } });
    expect(await urlFor(guest)).toBe('https://meet.example.org/x');
  });
});

describe('event.setCover', () => {
  const asset = async (ownerId: string, fields: object = {}): Promise<string> => {
    const id = newId();
    const stored = { storageKey: id, mimeType: 'image/png', byteSize: 1n, sha256: 'a'.repeat(64) };
    const state = { kind: 'IMAGE', purpose: 'COVER', status: 'READY', scanState: 'CLEAN' } as const;
    await world.database.mediaAsset.create({ data: { id, ownerId, ...stored, ...state, ...fields } });
    return id;
  };

  test('takes the caller’s own clean picture, and no other', async () => {
    const { id: eventId } = await create();
    const set = (assetId: string | null) => world.call(host, 'event.setCover', { eventId, assetId });
    const refused = { status: 'REJECTED', scanState: 'INFECTED', rejectionReason: 'DAMAGED' };
    const own = await asset(host);
    expect(await set(own)).toMatchObject({ ok: true, data: { coverAssetId: own } });
    expect(codeOf(await set(await asset(other)))).toBe('NOT_FOUND');
    expect(codeOf(await set(newId()))).toBe('NOT_FOUND');
    expect(codeOf(await set(await asset(host, { status: 'UPLOADING', scanState: 'PENDING' })))).toBe('CONFLICT');
    expect(codeOf(await set(await asset(host, refused)))).toBe('CONFLICT');
    expect(codeOf(await set(await asset(host, { kind: 'VIDEO' })))).toBe('CONFLICT');
    expect(await set(null)).toMatchObject({ ok: true, data: { coverAssetId: null } });
  });
});

describe('event.list', () => {
  test('pages through the events of a host and of a team member, and of nobody else', async () => {
    const owner = world.people[5] ?? '';
    const helper = world.people[6] ?? '';
    const made: EventAnswer[] = [];
    for (let index = 0; index < 5; index += 1) made.push(await world.ask(owner, 'event.create', newEvent()));
    const eventId = made[2]?.id ?? '';
    await world.ask(owner, 'host.invite', { eventId, userId: helper, role: 'DOOR_STAFF' });
    expect(await world.ask(helper, 'event.list', {})).toMatchObject({ items: [] });
    await world.ask(helper, 'host.accept', { eventId });
    expect(await world.ask(helper, 'event.list', {})).toMatchObject({ items: [{ id: eventId }] });
    const ids: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: { items: { id: string }[]; nextCursor: string | null } = await world.ask(owner, 'event.list', {
        limit: 2,
        cursor,
      });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(ids.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
    const wrong = errorOf(await world.call(owner, 'event.list', { cursor: 'nonsense' }));
    expect(wrong).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'cursor' }] });
  });

  test('shows what is to come the soonest first, apart from drafts', async () => {
    const owner = world.people[7] ?? '';
    const inDays = (days: number): object => ({
      startDate: new Date(Date.now() + days * 86_400_000).toISOString(),
      endDate: new Date(Date.now() + (days + 1) * 86_400_000).toISOString(),
    });
    const ids: string[] = [];
    for (const days of [30, 10, 20]) {
      const { id: eventId } = await world.ask(owner, 'event.create', newEvent(inDays(days)));
      await world.ask(owner, 'event.publish', { eventId });
      ids.push(eventId);
    }
    const draft = await world.ask(owner, 'event.create', newEvent(inDays(5)));
    const shown = async (asked: object) =>
      world.ask<{ items: { id: string }[]; nextCursor: string | null }>(owner, 'event.list', asked);
    const first = await shown({ section: 'UPCOMING', limit: 2 });
    const rest = await shown({ section: 'UPCOMING', limit: 2, cursor: first.nextCursor });
    expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual([ids[1], ids[2], ids[0]]);
    expect((await shown({ section: 'DRAFT' })).items.map(({ id }) => id)).toEqual([draft.id]);
    expect((await shown({ section: 'CANCELLED' })).items).toEqual([]);
  });
});
