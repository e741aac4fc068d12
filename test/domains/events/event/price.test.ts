import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BookingWorld, openBookingWorld } from '../support/booking-world.ts';

let world: BookingWorld;
let host: string;
let guest: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', guest = ''] = world.people;
});
afterAll(() => world?.close());

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
interface Shown {
  id: string;
  isFree: boolean;
  isOnSale: boolean;
  isPriceFrom: boolean;
  price: { amountMinor: number; currency: string };
}
const shown = async (eventId: string) => {
  const { price, isFree, isOnSale, isPriceFrom } = await world.ask<Shown>(guest, 'event.get', { eventId });
  return { amount: price.amountMinor, isFree, isOnSale, isPriceFrom };
};
const found = async (eventId: string, input: object): Promise<boolean> => {
  const { items } = await world.ask<{ items: Shown[] }>(guest, 'event.search', { limit: 50, ...input });
  return items.some(({ id }) => id === eventId);
};
const EUR = { currency: 'EUR' };

test('a free kind beside a dear one is a price from 0, found within either price, in its currency', async () => {
  const types = [
    { name: 'Adult', price: 4_500 },
    { name: 'Under 6', price: 0 },
  ];
  const { eventId } = await world.sell(types, EUR);
  expect(await shown(eventId)).toEqual({ amount: 0, isFree: false, isOnSale: true, isPriceFrom: true });
  expect(await found(eventId, { ...EUR, minPriceMinor: 1_000 })).toBe(true);
  expect(await found(eventId, { ...EUR, minPriceMinor: 5_000 })).toBe(false);
  expect(await found(eventId, { ...EUR, maxPriceMinor: 1_000 })).toBe(true);
  expect(await found(eventId, { maxPriceMinor: 1_000 })).toBe(false);
  const free = await world.sell([{ name: 'Seat', price: 0 }], EUR);
  expect(await shown(free.eventId)).toEqual({ amount: 0, isFree: true, isOnSale: true, isPriceFrom: false });
  expect(await found(free.eventId, { maxPriceMinor: 1_000 })).toBe(true);
});

test.each([
  ['closed', { status: 'CLOSED' }, 900],
  ['hidden until a code is given', { visibility: 'WITH_CODE' }, 0],
  ['on sale tomorrow', { salesStartAt: inHours(12) }, 900],
])('an event whose only kind is %s has no price that can be bought', async (_what, fields, amount) => {
  const { eventId } = await world.sell([{ name: 'Seat', price: 900, ...fields }], EUR);
  expect(await shown(eventId)).toEqual({ amount, isFree: false, isOnSale: false, isPriceFrom: false });
  expect(await found(eventId, { ...EUR, maxPriceMinor: 10_000 })).toBe(false);
  expect(await found(eventId, {})).toBe(true);
});

test('the price follows windows of sale, registration and what is sold out', async () => {
  const types = [
    { name: 'Early', price: 1_000, salesEndAt: inHours(5) },
    { name: 'Usual', price: 2_000, capacity: 1 },
    { name: 'Box', price: 7_000 },
  ];
  const sale = await world.sell(types, { ...EUR, registrationClosesAt: inHours(20) });
  const { eventId } = sale;
  const sell = (amount: number, isPriceFrom: boolean) => ({ amount, isFree: false, isOnSale: true, isPriceFrom });
  expect(await shown(eventId)).toEqual(sell(1_000, true));
  // As if five hours went by.
  const early = { salesEndAt: new Date(Date.now() - 1_000) };
  await world.database.ticketType.updateMany({ where: { eventId, name: 'Early' }, data: early });
  await world.database.event.update({ where: { id: eventId }, data: { priceUntil: new Date(Date.now() - 1_000) } });
  await world.runJob('event.sweepPrices');
  expect(await shown(eventId)).toEqual(sell(2_000, true));
  const items = [{ ticketTypeId: sale.types[1], quantity: 1 }];
  const { id: bookingId } = await world.ask<{ id: string }>(guest, 'booking.create', { eventId, items });
  await world.settle();
  expect(await shown(eventId)).toEqual(sell(7_000, false));
  await world.ask(guest, 'booking.cancel', { bookingId });
  await world.settle();
  expect(await shown(eventId)).toEqual(sell(2_000, true));
  await world.ask(host, 'event.edit', { eventId, registrationClosesAt: inHours(-1) });
  expect(await shown(eventId)).toMatchObject({ isOnSale: false });
  const { priceUntil } = await world.database.event.findUniqueOrThrow({ where: { id: eventId } });
  expect(priceUntil).toBeNull();
});
