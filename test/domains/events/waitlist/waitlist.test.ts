import { afterAll, beforeAll, expect, test } from 'vitest';
import { acceptOffer } from '../../../../src/domains/events/waitlist/waitlist.writes.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { brokenAlways } from '../support/books-of-seats.ts';
import { codeOf } from '../support/event-world.ts';

interface EntryAnswer {
  id: string;
  status: string;
  position: number | null;
  offer: { status: string; quantity: number } | null;
}

let world: BookingWorld;
let host: string;
let ann: string;
let bob: string;
let eve: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', bob = '', eve = ''] = world.people;
});
afterAll(() => world?.close());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const soldOut = async (capacity: number): Promise<{ sale: Sale; bookings: BookingAnswer[] }> => {
  const sale = await world.sell([{ name: 'Seat', price: 0, capacity }], { startDate: inDays(10), endDate: inDays(11) });
  const bookings: BookingAnswer[] = [];
  for (let seat = 0; seat < capacity; seat += 1) bookings.push(await world.book(host, sale));
  return { sale, bookings };
};
const join = ({ eventId, types }: Sale, by: string, quantity = 1) =>
  world.ask<EntryAnswer>(by, 'waitlist.join', { eventId, ticketTypeId: types[0], quantity });
const free = (booking: BookingAnswer | undefined) => world.ask(host, 'booking.cancel', { bookingId: booking?.id });
const own = async (by: string, { eventId }: Sale): Promise<EntryAnswer | undefined> => {
  const { items } = await world.ask<{ items: (EntryAnswer & { eventId: string })[] }>(by, 'waitlist.list', {});
  return items.find((entry) => entry.eventId === eventId);
};
const bookOne = ({ eventId, types }: Sale, by: string) =>
  world.call(by, 'booking.create', { eventId, items: [{ ticketTypeId: types[0], quantity: 1 }] });

test('freed seats are offered in order, and never to the public while somebody waits (W3, W6)', async () => {
  const { sale, bookings } = await soldOut(2);
  expect(await join(sale, ann)).toMatchObject({ status: 'WAITING', position: 1 });
  expect(await join(sale, bob)).toMatchObject({ position: 2 });
  expect(codeOf(await world.call(ann, 'waitlist.join', { eventId: sale.eventId, ticketTypeId: sale.types[0] }))).toBe(
    'CONFLICT',
  );
  await free(bookings[0]);
  // Before anybody has heard of it: the seat is there, and is not the public's.
  await world.platform.redis.cache.flushdb();
  expect(codeOf(await bookOne(sale, eve))).toBe('SOLD_OUT');
  const quote = await world.ask<{ lines: { available: number; seatsHeld: number }[] }>(eve, 'booking.quote', {
    eventId: sale.eventId,
    items: [{ ticketTypeId: sale.types[0], quantity: 1 }],
  });
  expect(quote.lines[0]).toMatchObject({ available: 0, seatsHeld: 1 });
  await world.settle();
  expect(await own(ann, sale)).toMatchObject({ status: 'OFFERED', offer: { status: 'OFFERED', quantity: 1 } });
  expect(await own(bob, sale)).toMatchObject({ status: 'WAITING', position: 1 });
});

test('an offer is taken once, and what becomes of its booking does not bring it back (W5)', async () => {
  const { sale, bookings } = await soldOut(1);
  const { id: entryId } = await join(sale, ann);
  await free(bookings[0]);
  await world.settle();
  const booking = await world.ask<BookingAnswer>(ann, 'waitlist.accept', { entryId });
  expect(booking.status).toBe('CONFIRMED');
  expect(codeOf(await world.call(ann, 'waitlist.accept', { entryId }))).toBe('OFFER_EXPIRED');
  await world.ask(ann, 'booking.cancel', { bookingId: booking.id });
  await world.settle();
  expect(await own(ann, sale)).toMatchObject({ status: 'CONVERTED' });
  expect(codeOf(await world.call(ann, 'waitlist.accept', { entryId }))).toBe('OFFER_EXPIRED');
  const { id: offerId } = await world.database.waitlistOffer.findFirstOrThrow({ where: { bookingId: booking.id } });
  // Also of somebody who has not looked.
  expect(await world.database.$transaction((tx) => acceptOffer(tx, offerId, booking.id))).toBe(false);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});

test('who is offered seats is told once, and not once the offer has ended (W7)', async () => {
  const { sale, bookings } = await soldOut(2);
  const [first, second] = [await join(sale, ann), await join(sale, bob)];
  await free(bookings[0]);
  await free(bookings[1]);
  await world.settle();
  // Every fact may be told again.
  await world.database.outboxEvent.updateMany({ where: { name: 'waitlist.offered' }, data: { relayedAt: null } });
  await world.settle();
  await world.ask(host, 'waitlist.revoke', { entryId: second.id });
  await world.runJob('notification.deliverDue');
  const told = await world.database.notification.findMany({
    where: { type: 'WAITLIST_OFFERED', eventId: sale.eventId },
    select: { userId: true, data: true, deliveries: { where: { channel: 'EMAIL' } } },
  });
  const byEntry = new Map(told.map(({ data, ...each }) => [(data as { entryId: string }).entryId, each]));
  expect(told).toHaveLength(2);
  // There is no mail server here: a letter that may be sent finds nobody.
  expect(byEntry.get(first.id)).toMatchObject({ userId: ann, deliveries: [{ suppressionReason: 'NO_ENDPOINT' }] });
  expect(byEntry.get(second.id)).toMatchObject({ userId: bob, deliveries: [{ suppressionReason: 'IRRELEVANT' }] });
});

test('money that comes after its hold has run out passes nobody who waits', async () => {
  const times = { startDate: inDays(10), endDate: inDays(11) };
  const sale = await world.sell([{ name: 'Seat', price: 50_000, capacity: 1 }], times);
  const { id } = await world.book(ann, sale);
  const paymentId = await world.pay(ann, id);
  await join(sale, bob);
  // Nobody has swept it yet.
  await world.pass(sale.eventId, 3_600_000);
  await world.capture(paymentId);
  await world.settle();
  const { status } = await world.database.booking.findUniqueOrThrow({ where: { id }, select: { status: true } });
  expect(status).toBe('EXPIRED');
  const refunds = await world.database.refund.findMany({ where: { paymentId } });
  expect(refunds.map(({ amount, reason }) => [amount, reason])).toEqual([[50_000n, 'LATE_PAYMENT']]);
});

test('an offer that is let go by goes to the next; after the third the entry is removed', async () => {
  const { sale, bookings } = await soldOut(1);
  await join(sale, ann);
  await free(bookings[0]);
  await world.settle();
  for (const lapse of [1, 2, 3]) {
    await world.pass(sale.eventId, 25 * 3_600_000);
    await world.runJob('booking.sweepExpired');
    const entry = await own(ann, sale);
    expect(entry?.status, `lapse ${lapse}`).toBe(lapse === 3 ? 'REMOVED' : 'WAITING');
    await world.settle();
  }
  expect(codeOf(await bookOne(sale, eve))).toBe('OK');
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});

test('the team orders the queue and takes entries off it', async () => {
  const { sale, bookings } = await soldOut(1);
  const [first, second] = [await join(sale, ann), await join(sale, bob)];
  expect(codeOf(await world.call(ann, 'waitlist.prioritize', { entryId: second.id, priority: 5 }))).toBe('NOT_FOUND');
  await world.ask(host, 'waitlist.prioritize', { entryId: second.id, priority: 5 });
  await free(bookings[0]);
  await world.settle();
  expect(await own(bob, sale)).toMatchObject({ status: 'OFFERED' });
  await world.ask(host, 'waitlist.revoke', { entryId: second.id });
  await world.settle();
  expect(await own(ann, sale)).toMatchObject({ id: first.id, status: 'OFFERED' });
  expect(await world.ask(ann, 'waitlist.decline', { entryId: first.id })).toMatchObject({ status: 'LEFT' });
  await world.settle();
  expect(codeOf(await bookOne(sale, eve))).toBe('OK');
});

test('a cancelled event ends offers and waiting', async () => {
  const { sale, bookings } = await soldOut(1);
  await join(sale, ann);
  await join(sale, bob);
  await free(bookings[0]);
  await world.settle();
  await world.ask(host, 'event.cancel', { eventId: sale.eventId });
  await world.settle();
  expect((await own(ann, sale))?.status).toBe('REVOKED');
  expect((await own(bob, sale))?.status).toBe('REVOKED');
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});
