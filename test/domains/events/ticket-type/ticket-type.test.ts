import { afterAll, beforeAll, expect, test } from 'vitest';
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

type TicketType = EventAnswer['ticketTypes'][number];

const published = () => world.ask(host, 'event.create', newEvent({ status: 'PUBLISHED' }));
const create = (eventId: string, fields: object) =>
  world.ask<TicketType>(host, 'ticketType.create', { eventId, ...fields });
const listFor = async (by: string | null, eventId: string, promoCode?: string): Promise<string[]> => {
  const input = promoCode === undefined ? { eventId } : { eventId, promoCode };
  const { items } = await world.ask<{ items: TicketType[] }>(by, 'ticketType.list', input);
  return items.map(({ name }) => name);
};

test('a new kind of ticket comes last and may lower the event’s price', async () => {
  const { id: eventId } = await published();
  const student = await create(eventId, { name: 'Student', price: 10_000, capacity: 5, oneActivePerUser: true });
  expect(student).toMatchObject({ capacity: 5, available: 5, oneActivePerUser: true, held: 0, sold: 0 });
  expect(await listFor(other, eventId)).toEqual(['Regular', 'VIP', 'Student']);
  expect(await world.ask(null, 'event.get', { eventId })).toMatchObject({ price: { amountMinor: 10_000 } });
  const same = await world.call(host, 'ticketType.create', { eventId, name: 'Student' });
  expect(errorOf(same)).toMatchObject({ code: 'CONFLICT', issues: [{ path: 'name' }] });
  expect(codeOf(await world.call(other, 'ticketType.create', { eventId, name: 'Mine' }))).toBe('FORBIDDEN');
});

test('only the team sees drafts and its own, a code shows what is hidden', async () => {
  const { id: eventId } = await published();
  await create(eventId, { name: 'Friends', visibility: 'WITH_CODE' });
  await create(eventId, { name: 'Crew', visibility: 'HOST_ONLY' });
  await create(eventId, { name: 'Later', status: 'DRAFT' });
  const code = { kind: 'PERCENT', percentBasisPoints: 1_000, createdById: host } as const;
  await world.database.promoCode.createMany({
    data: [
      { ...code, code: 'FRIENDS', eventId },
      { ...code, code: 'PAUSED', eventId, status: 'PAUSED' },
      { ...code, code: 'OVER', eventId, endsAt: new Date(Date.now() - 1_000) },
    ],
  });
  expect(await listFor(host, eventId)).toEqual(['Regular', 'VIP', 'Friends', 'Crew', 'Later']);
  expect(await listFor(null, eventId)).toEqual(['Regular', 'VIP']);
  expect(await listFor(other, eventId, 'friends')).toEqual(['Regular', 'VIP', 'Friends']);
  for (const wrong of ['PAUSED', 'OVER', 'GUESS'])
    expect(await listFor(other, eventId, wrong)).toEqual(['Regular', 'VIP']);
});

test('an edit touches no booking, and a capacity below what is claimed closes the type', async () => {
  const { id: eventId, ticketTypes } = await published();
  const ticketTypeId = ticketTypes[0]?.id ?? '';
  const bookingId = newId();
  const held = {
    eventId,
    ticketTypeId,
    bookingId,
    userId: other,
    quantity: 30,
    unitPrice: 50_000n,
    state: 'SOLD',
  } as const;
  await world.database.booking.create({
    data: { id: bookingId, userId: other, eventId, status: 'CONFIRMED', totalAmount: 0n },
  });
  const hold = await world.database.inventoryHold.create({ data: { id: newId(), ...held } });
  await world.database.ticketType.update({ where: { id: ticketTypeId }, data: { sold: 30 } });
  const edit = (fields: object) => world.ask<TicketType>(host, 'ticketType.edit', { eventId, ticketTypeId, ...fields });
  expect(await edit({ capacity: 20, price: 70_000 })).toMatchObject({ capacity: 20, available: 0, sold: 30 });
  expect(await world.database.inventoryHold.findUnique({ where: { id: hold.id } })).toEqual(hold);
  expect(await world.facts('seats.freed', eventId)).toEqual([]);
  expect(await edit({ capacity: 35 })).toMatchObject({ available: 5 });
  expect(await world.facts('seats.freed', eventId)).toEqual([{ eventId, ticketTypeId }]);
  expect(codeOf(await world.call(host, 'ticketType.delete', { eventId, ticketTypeId }))).toBe('CONFLICT');
});

test('seats that somebody waits for are shown to nobody', async () => {
  const { id: eventId, ticketTypes } = await published();
  const ticketTypeId = ticketTypes[0]?.id ?? '';
  await world.database.waitlist.create({ data: { id: newId(), eventId, ticketTypeId, userId: other } });
  const shown = await world.ask(null, 'event.get', { eventId });
  expect(shown.ticketTypes.map(({ available }) => available)).toEqual([0, 10]);
});

test('the order is the host’s, and names every type once', async () => {
  const { id: eventId, ticketTypes } = await published();
  const ids = ticketTypes.map(({ id }) => id);
  await world.ask(host, 'ticketType.reorder', { eventId, ticketTypeIds: ids.toReversed() });
  expect(await listFor(null, eventId)).toEqual(['VIP', 'Regular']);
  for (const ticketTypeIds of [ids.slice(1), [...ids, newId()], [ids[0], ids[0]]]) {
    const answer = await world.call(host, 'ticketType.reorder', { eventId, ticketTypeIds });
    expect(errorOf(answer)).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'ticketTypeIds' }] });
  }
});

test('a type nobody claimed can be removed; of another event it is not found', async () => {
  const [one, two] = [await published(), await published()];
  const ticketTypeId = one.ticketTypes[1]?.id ?? '';
  expect(codeOf(await world.call(host, 'ticketType.delete', { eventId: two.id, ticketTypeId }))).toBe('NOT_FOUND');
  await world.ask(host, 'ticketType.delete', { eventId: one.id, ticketTypeId });
  expect(await listFor(null, one.id)).toEqual(['Regular']);
});

const rate = async (fields: object): Promise<string> => {
  const id = newId();
  const data = {
    kind: 'VAT',
    country: 'DE',
    region: id,
    name: 'VAT',
    rateBasisPoints: 2_000,
    isInclusive: false,
  } as const;
  await world.database.taxRate.create({ data: { id, ...data, startsAt: new Date('2026-01-01'), ...fields } });
  return id;
};

test('a kind of ticket tells its tax, and what it costs with it', async () => {
  const { id: eventId } = await world.ask(
    host,
    'event.create',
    newEvent({
      ...{ status: 'PUBLISHED', currency: 'KWD', ticketTypes: [{ name: 'Regular', price: 10 }] },
    }),
  );
  const [added, contained] = [
    await rate({ name: 'Sales tax', rateBasisPoints: 777 }),
    await rate({ isInclusive: true }),
  ];
  const kinds = [
    [{ name: 'Added', price: 25_010, taxRateId: added }, 26_950, { name: 'Sales tax', isInclusive: false }],
    [{ name: 'Contained', price: 25_010, taxRateId: contained }, 25_010, { name: 'VAT', rateBasisPoints: 2_000 }],
    [{ name: 'Untaxed', price: 25_010 }, 25_010, null],
  ] as const;
  for (const [fields, withTax, tax] of kinds) {
    const { id } = await create(eventId, fields);
    const shown = {
      priceWithTax: { amountMinor: withTax, currency: 'KWD' },
      taxRateId: 'taxRateId' in fields ? fields.taxRateId : null,
    };
    const { items } = await world.ask<{ items: TicketType[] }>(other, 'ticketType.list', { eventId });
    const event = await world.ask(null, 'event.get', { eventId });
    for (const type of [...items, ...event.ticketTypes].filter((each) => each.id === id)) {
      expect(type).toMatchObject({ ...shown, tax });
    }
    const order = { eventId, items: [{ ticketTypeId: id, quantity: 1 }] };
    const quote = await world.ask<{ total: object; fee: { amountMinor: number } }>(other, 'booking.quote', order);
    expect(quote).toMatchObject({ total: { amountMinor: withTax + quote.fee.amountMinor } });
  }
});

test('a tax that is not in force is not chosen: tickets would be sold without it', async () => {
  const { id: eventId } = await published();
  const planned = await rate({ startsAt: new Date('2099-01-01') });
  const draft = { eventId, name: 'Early', price: 100, taxRateId: planned };
  const refused = errorOf(await world.call(host, 'ticketType.create', draft));
  expect(refused).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: 'taxRateId' }] });
  const { id: ticketTypeId } = await create(eventId, { name: 'Early', price: 100 });
  expect(codeOf(await world.call(host, 'ticketType.edit', { eventId, ticketTypeId, taxRateId: planned }))).toBe(
    'INVALID_INPUT',
  );
  const event = newEvent({ ticketTypes: [{ name: 'A', price: 1, taxRateId: planned }] });
  expect(errorOf(await world.call(host, 'event.create', event))).toMatchObject({
    issues: [{ path: 'ticketTypes.0.taxRateId' }],
  });
  // One that goes on from a rate in force is.
  const ended = await rate({ region: 'X', endsAt: new Date('2026-02-01') });
  await rate({ region: 'X', startsAt: new Date('2026-02-01') });
  await world.ask(host, 'ticketType.edit', { eventId, ticketTypeId, taxRateId: ended });
});
