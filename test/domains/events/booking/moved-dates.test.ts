import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decodeTicket } from '../../../../src/domains/events/ticket/code.rules.ts';
import { type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';

let world: BookingWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world?.close());

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const dates = (hours: number) => ({ startDate: inHours(hours), endDate: inHours(hours + 3) });
const TYPES = [{ name: 'Seat', price: 1_000, capacity: 9 }];

const buy = async (sale: Sale): Promise<string> => {
  const { id } = await world.book(guest, sale);
  await world.capture(await world.pay(guest, id));
  await world.settle();
  return id;
};
interface Quote {
  refund: { amountMinor: number };
  validUntil: string | null;
}
const quote = (bookingId: string) => world.ask<Quote>(guest, 'booking.refundQuote', { bookingId });
const edit = async (eventId: string, fields: object) => {
  await world.ask(host, 'event.edit', { eventId, ...fields });
  await world.settle();
};
const near = (instant: string | null, ms: number) => Math.abs(Date.parse(instant ?? '') - Date.now() - ms) < 60_000;
/** As if the right to give everything back were over. */
const letPass = (bookingId: string) =>
  world.database.$executeRaw`
    UPDATE bookings SET policy_snapshot = policy_snapshot || '{"fullRefundUntil": "2020-01-01T00:00:00.000Z"}'
    WHERE id = ${bookingId}::uuid`;

describe('an edit of the start', () => {
  test('by an hour or more is another date: told, everything goes back for two weeks, then by the new date', async () => {
    const sale = await world.sell(TYPES, dates(12));
    const bookingId = await buy(sale);
    expect((await quote(bookingId)).refund.amountMinor).toBe(0);
    const [before] = await world.ask<{ code: string }[]>(guest, 'booking.tickets', { bookingId });
    await edit(sale.eventId, dates(24 * 40));
    const [told, ...more] = await world.facts('event.rescheduled', sale.eventId);
    expect(told).toMatchObject({ wasPostponed: false });
    expect(more).toEqual([]);
    const moved = await quote(bookingId);
    expect(moved.refund.amountMinor).toBe(1_000);
    expect(near(moved.validUntil, 14 * DAY_MS)).toBe(true);
    await letPass(bookingId);
    const later = await quote(bookingId);
    expect(later.refund.amountMinor).toBe(1_000);
    expect(near(later.validUntil, 39 * DAY_MS)).toBe(true);
    const notices = await world.database.notificationQueue.findMany({ where: { eventId: sale.eventId } });
    expect(notices.map(({ title }) => title)).toEqual(['New date: Tech Meetup']);
    const [after] = await world.ask<{ code: string }[]>(guest, 'booking.tickets', { bookingId });
    const untilOf = (code = '') => (decodeTicket(code)?.claims.expiresAt ?? 0) * 1_000;
    expect(untilOf(before?.code)).toBeLessThan(Date.now() + 2 * DAY_MS);
    expect(untilOf(after?.code)).toBeGreaterThan(Date.now() + 40 * DAY_MS);
  });

  test('to a sooner date lets everything go back until it begins, for a day at least', async () => {
    const sale = await world.sell(TYPES, dates(24 * 90));
    const bookingId = await buy(sale);
    await edit(sale.eventId, dates(24 * 5));
    expect(near((await quote(bookingId)).validUntil, 5 * DAY_MS)).toBe(true);
    const soon = await world.sell(TYPES, dates(24 * 90));
    const other = await buy(soon);
    await edit(soon.eventId, dates(3));
    expect(near((await quote(other)).validUntil, DAY_MS)).toBe(true);
    await letPass(other);
    expect((await quote(other)).refund.amountMinor).toBe(0);
  });

  test('by less is a correction, until small steps add up to another date than was booked', async () => {
    const sale = await world.sell(TYPES, dates(12));
    const bookingId = await buy(sale);
    const facts = async () => (await world.facts('event.rescheduled', sale.eventId)).length;
    await edit(sale.eventId, dates(12.5));
    expect([await facts(), (await quote(bookingId)).refund.amountMinor]).toEqual([0, 0]);
    await edit(sale.eventId, dates(13.1));
    expect([await facts(), (await quote(bookingId)).refund.amountMinor]).toEqual([1, 1_000]);
    await edit(sale.eventId, dates(13.4));
    expect(await facts()).toBe(1);
  });

  test('by less counts for the steps of a refund all the same', async () => {
    const sale = await world.sell(TYPES, dates(23.7));
    const bookingId = await buy(sale);
    expect((await quote(bookingId)).refund.amountMinor).toBe(0);
    await edit(sale.eventId, dates(24.2));
    expect((await quote(bookingId)).refund.amountMinor).toBe(1_000);
    expect(await world.facts('event.rescheduled', sale.eventId)).toEqual([]);
  });

  test('reaches who was about to pay, and leaves who booked the new date', async () => {
    const sale = await world.sell(TYPES, dates(20));
    const held = await world.book(guest, sale);
    const payment = await world.pay(guest, held.id);
    await world.ask(host, 'event.edit', { eventId: sale.eventId, ...dates(15) });
    const [, , late = ''] = world.people;
    const { id } = await world.book(late, sale);
    await world.capture(await world.pay(late, id));
    await world.capture(payment);
    await world.settle();
    expect((await quote(held.id)).refund.amountMinor).toBe(1_000);
    const theirs = await world.ask<Quote>(late, 'booking.refundQuote', { bookingId: id });
    expect(theirs.refund.amountMinor).toBe(0);
  });
});

test('a postponed event gives everything back as long as it has no date, for two weeks after, then by the new date', async () => {
  const sale = await world.sell(TYPES, dates(12));
  const bookingId = await buy(sale);
  const { eventId } = sale;
  await world.ask(host, 'event.postpone', { eventId });
  await world.settle();
  await letPass(bookingId);
  expect(await quote(bookingId)).toMatchObject({ refund: { amountMinor: 1_000 }, validUntil: null });
  await world.ask(host, 'event.reschedule', { eventId, ...dates(24 * 200) });
  await world.settle();
  expect(near((await quote(bookingId)).validUntil, 14 * DAY_MS)).toBe(true);
  await letPass(bookingId);
  expect(near((await quote(bookingId)).validUntil, 199 * DAY_MS)).toBe(true);
});

test.each(['event.edit', 'event.reschedule'])('windows move with the start by %s', async (operation) => {
  const types = [
    { name: 'Early', price: 500, salesEndAt: inHours(24) },
    { name: 'Late', price: 700, salesStartAt: inHours(24), salesEndAt: inHours(47), validUntil: inHours(49) },
  ];
  const registration = { registrationOpensAt: inHours(-24), registrationClosesAt: inHours(46) };
  const zone = { timeZone: 'UTC' };
  const { eventId } = await world.sell(types, { ...dates(48), ...registration, ...zone });
  if (operation === 'event.reschedule') await world.ask(host, 'event.postpone', { eventId });
  await world.ask(host, operation, { eventId, ...dates(148) });
  const { registrationOpensAt, registrationClosesAt } = await world.database.event.findUniqueOrThrow({
    where: { id: eventId },
  });
  const made = await world.database.ticketType.findMany({ where: { eventId }, orderBy: { sortOrder: 'asc' } });
  const hours = (at: Date | null | undefined) => at && Math.round((at.getTime() - Date.now()) / HOUR_MS);
  expect([registrationOpensAt, registrationClosesAt].map(hours)).toEqual([-24, 146]);
  expect(
    made.map(({ salesStartAt, salesEndAt, validUntil }) => [salesStartAt, salesEndAt, validUntil].map(hours)),
  ).toEqual([
    [null, 124, null],
    [124, 147, 149],
  ]);
});

test('a window that is given with the start stands where it is given', async () => {
  const { eventId } = await world.sell(TYPES, { ...dates(48), registrationClosesAt: inHours(47) });
  await world.ask(host, 'event.edit', { eventId, ...dates(148), registrationClosesAt: inHours(47) });
  const { registrationClosesAt } = await world.database.event.findUniqueOrThrow({ where: { id: eventId } });
  expect(near(registrationClosesAt?.toISOString() ?? null, 47 * HOUR_MS)).toBe(true);
});
