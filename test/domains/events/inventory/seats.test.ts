import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimSeats } from '../../../../src/domains/events/inventory/seats.writes.ts';
import { type BookingWorld, openBookingWorld } from '../support/booking-world.ts';

let world: BookingWorld;

beforeAll(async () => {
  world = await openBookingWorld();
});
afterAll(() => world?.close());

test('the counters refuse what passes the capacity of a type, whoever claims and whatever they have looked at', async () => {
  const { eventId, types } = await world.sell([
    { name: 'Box', price: 100, capacity: 2 },
    { name: 'Seat', price: 100, capacity: 50 },
  ]);
  const claim = (quantity: number) =>
    world.database.$transaction((tx) => claimSeats(tx, eventId, [{ ticketTypeId: types[0] ?? '', quantity }]));
  expect(await claim(2)).toBe(true);
  expect(await claim(1)).toBe(false);
});
