import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { brokenAlways } from '../support/books-of-seats.ts';
import { codeOf, type EventAnswer, errorOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let people: string[];

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ...people] = world.people;
});
afterAll(() => world?.close());

/** Whole seconds: a series begins at one. */
const inHours = (hours: number) => new Date(Math.floor(Date.now() / 1_000 + hours * 3_600) * 1_000).toISOString();
const DATES = { startDate: inHours(240), endDate: inHours(250) };
interface Entry {
  id: string;
  status: string;
  offer: { status: string; expiresAt: string; price: { amountMinor: number } | null } | null;
}
const join = (by: string, { eventId, types }: Sale, quantity: number, anyType = false) =>
  world.call(by, 'waitlist.join', { eventId, quantity, ...(anyType ? {} : { ticketTypeId: types[0] }) });
const joined = async (by: string, sale: Sale, quantity: number) => {
  const answer = await join(by, sale, quantity);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.data as Entry;
};
const entryOf = async (by: string, entryId: string): Promise<Entry | undefined> => {
  const { items } = await world.ask<{ items: Entry[] }>(by, 'waitlist.list', {});
  return items.find(({ id }) => id === entryId);
};
const fill = async (sale: Sale, orders: number[]): Promise<BookingAnswer[]> => {
  const made: BookingAnswer[] = [];
  for (const quantity of orders) made.push(await world.book(host, sale, quantity));
  return made;
};
const free = async (booking: BookingAnswer | undefined) => {
  await world.ask(host, 'booking.cancel', { bookingId: booking?.id });
  await world.settle();
};
const bookNow = (by: string, { eventId, types }: Sale, quantity = 1) =>
  world.call(by, 'booking.create', { eventId, items: [{ ticketTypeId: types[0], quantity }] });
const availableTo = async ({ eventId }: Sale) => {
  const { ticketTypes } = await world.ask<EventAnswer>(people[8] ?? '', 'event.get', { eventId });
  return ticketTypes[0]?.available;
};
const forgetMarks = () => world.platform.redis.cache.flushdb();

describe('who can never be served', () => {
  test('does not join: more than the event, the type or an order holds, or fewer than are sold together', async () => {
    const shared = await world.sell([{ name: 'Seat', price: 0 }], { ...DATES, maxParticipants: 5 });
    await fill(shared, [5]);
    const pairs = await world.sell([{ name: 'Pair', price: 0, capacity: 6, minPerOrder: 2, maxPerOrder: 4 }], DATES);
    await fill(pairs, [4, 2]);
    const pathOf = async (sale: Sale, quantity: number, anyType = false) =>
      errorOf(await join(people[0] ?? '', sale, quantity, anyType)).issues?.[0];
    expect(await pathOf(shared, 10)).toEqual({ path: 'quantity', message: 'may be 5 at most here' });
    expect(await pathOf(shared, 6, true)).toMatchObject({ path: 'quantity' });
    expect(await pathOf(pairs, 1)).toEqual({ path: 'quantity', message: 'must be at least 2 here' });
    expect(await pathOf(pairs, 1, true)).toMatchObject({ path: 'quantity' });
    expect(await pathOf(pairs, 5)).toMatchObject({ path: 'quantity' });
    expect(codeOf(await join(people[0] ?? '', pairs, 2))).toBe('OK');
  });

  test.each([
    ['the event has fewer seats', { maxParticipants: 4 }, {}],
    ['the type has fewer seats', {}, { capacity: 4 }],
    ['an order holds fewer', {}, { maxPerOrder: 4 }],
  ])('any more, for %s, keeps the place and nothing else', async (_why, ofEvent, ofType) => {
    const sale = await world.sell([{ name: 'Seat', price: 0, capacity: 8 }], { ...DATES, maxParticipants: 8 });
    const [first] = await fill(sale, [3, 3, 2]);
    const group = await joined(people[1] ?? '', sale, 5);
    const { eventId } = sale;
    if (Object.keys(ofEvent).length > 0) await world.ask(host, 'event.edit', { eventId, ...ofEvent });
    if (Object.keys(ofType).length > 0) {
      await world.ask(host, 'ticketType.edit', { eventId, ticketTypeId: sale.types[0], ...ofType });
    }
    // Claims fit the smaller house again.
    await free(first);
    const left = 'maxPerOrder' in ofType ? 3 : 0;
    if (left === 0) await free((await bookings(eventId))[0]);
    await world.runJob('waitlist.sweep');
    await forgetMarks();
    expect(await availableTo(sale)).toBeGreaterThan(0);
    expect(codeOf(await bookNow(people[2] ?? '', sale))).toBe('OK');
    const small = await world.call(people[3] ?? '', 'waitlist.join', { eventId, ticketTypeId: sale.types[0] });
    expect(codeOf(small)).toBe('CONFLICT');
    expect(await entryOf(people[1] ?? '', group.id)).toMatchObject({ status: 'WAITING', offer: null });
    // And is served once it could be again.
    const wide = { capacity: 40, maxPerOrder: 10 };
    await world.ask(host, 'event.edit', { eventId, maxParticipants: 40 });
    await world.ask(host, 'ticketType.edit', { eventId, ticketTypeId: sale.types[0], ...wide });
    await world.settle();
    expect(await entryOf(people[1] ?? '', group.id)).toMatchObject({ status: 'OFFERED' });
    expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
  });

  test('again for what is sold once a person, and is held already, keeps nothing from the public', async () => {
    const once = { name: 'Seat', price: 0, capacity: 2, oneActivePerUser: true };
    const sale = await world.sell([once], DATES);
    const [ann = '', bob = '', eve = ''] = [people[4], people[5], people[6]];
    const seats = [await world.book(ann, sale), await world.book(bob, sale)];
    const first = await joined(eve, sale, 1);
    await world.ask(eve, 'waitlist.join', { eventId: sale.eventId, quantity: 1 });
    await world.ask(ann, 'booking.cancel', { bookingId: seats[0]?.id });
    await world.settle();
    await world.ask(eve, 'waitlist.accept', { entryId: first.id });
    await world.ask(bob, 'booking.cancel', { bookingId: seats[1]?.id });
    await world.settle();
    await forgetMarks();
    expect(codeOf(await bookNow(people[7] ?? '', sale))).toBe('OK');
  });
});

const bookings = (eventId: string): Promise<BookingAnswer[]> =>
  world.database.booking.findMany({ where: { eventId, status: 'CONFIRMED' }, orderBy: { id: 'asc' } }) as never;

describe('an offer', () => {
  test('keeps its price and its size, whatever the host changes', async () => {
    const sale = await world.sell([{ name: 'Seat', price: 1_000, capacity: 3 }], DATES);
    const { id } = await world.book(host, sale, 3);
    const waiting = await joined(people[1] ?? '', sale, 3);
    await free({ id } as BookingAnswer);
    const { eventId } = sale;
    const ofType = { eventId, ticketTypeId: sale.types[0] };
    await world.ask(host, 'ticketType.edit', { ...ofType, price: 2_500, maxPerOrder: 2 });
    const entry = await entryOf(people[1] ?? '', waiting.id);
    expect(entry?.offer).toMatchObject({ status: 'OFFERED', price: { amountMinor: 1_000, currency: 'BDT' } });
    const booking = await world.ask<BookingAnswer>(people[1] ?? '', 'waitlist.accept', { entryId: waiting.id });
    expect(booking.total.amountMinor).toBe(3_000);
    expect(booking.admissions).toHaveLength(3);
    expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
  });

  test('ends with the sale', async () => {
    const salesEndAt = inHours(2);
    const sale = await world.sell([{ name: 'Seat', price: 0, capacity: 1, salesEndAt }], DATES);
    const [only] = await fill(sale, [1]);
    const waiting = await joined(people[1] ?? '', sale, 1);
    await free(only);
    expect((await entryOf(people[1] ?? '', waiting.id))?.offer?.expiresAt).toBe(salesEndAt);
  });
});

describe('sizes of orders', () => {
  const refusal = async (by: string, operation: string, input: object) =>
    errorOf(await world.call(by, operation, input)).issues?.[0]?.path;
  const event = (ticketTypes: object[], fields: object = {}) => ({
    ...{ title: 'Evening', description: '', ...DATES, ticketTypes, ...fields },
  });

  test('that nobody could ever buy are refused wherever they are set', async () => {
    const create = (type: object, fields: object = {}) =>
      refusal(host, 'event.create', event([{ name: 'A', price: 1, ...type }], fields));
    const path = 'ticketTypes.0.minPerOrder';
    expect(await create({ minPerOrder: 150, maxPerOrder: 200 })).toBe(path);
    expect(await create({ minPerOrder: 5, capacity: 3 })).toBe(path);
    expect(await create({ minPerOrder: 5 }, { maxParticipants: 4 })).toBe(path);
    expect(await create({ minPerOrder: 5, maxPerOrder: 4 })).toBe('ticketTypes.0.maxPerOrder');
    const series = { ...event([{ name: 'A', minPerOrder: 5, capacity: 3 }]), recurrenceRule: 'FREQ=WEEKLY' };
    expect(await refusal(host, 'eventSeries.create', series)).toBe(path);
    const sale = await world.sell([{ name: 'A', price: 0, minPerOrder: 3, capacity: 9 }], DATES);
    const { eventId } = sale;
    const edit = { eventId, ticketTypeId: sale.types[0] };
    expect(await refusal(host, 'ticketType.edit', { ...edit, capacity: 2 })).toBe('minPerOrder');
    expect(await refusal(host, 'ticketType.edit', { ...edit, minPerOrder: 10 })).toBe('minPerOrder');
    expect(await refusal(host, 'ticketType.create', { eventId, name: 'B', minPerOrder: 4, capacity: 2 })).toBe(
      'minPerOrder',
    );
    expect(await refusal(host, 'event.edit', { eventId, maxParticipants: 2 })).toBe('maxParticipants');
    // Closing the sale is no mistake.
    await world.ask(host, 'ticketType.edit', { ...edit, capacity: 0 });
    await world.ask(host, 'event.edit', { eventId, minParticipants: 0, maxParticipants: 0 });
  });

  test('leave what is left of fewer unsold, and say so', async () => {
    const sale = await world.sell([{ name: 'Pair', price: 0, capacity: 3, minPerOrder: 2 }], DATES);
    expect(await availableTo(sale)).toBe(3);
    await world.book(people[0] ?? '', sale, 2);
    expect(await availableTo(sale)).toBe(0);
    expect(codeOf(await bookNow(people[1] ?? '', sale, 2))).toBe('SOLD_OUT');
    await world.ask(host, 'ticketType.edit', { eventId: sale.eventId, ticketTypeId: sale.types[0], minPerOrder: 1 });
    await world.settle();
    await forgetMarks();
    expect(await availableTo(sale)).toBe(1);
    expect(codeOf(await bookNow(people[1] ?? '', sale))).toBe('OK');
  });
});
