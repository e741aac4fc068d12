import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BookingWorld, openBookingWorld } from '../support/booking-world.ts';
import { codeOf, errorOf } from '../support/event-world.ts';

interface Paying {
  id: string;
  providerRef: string;
  clientAction: { kind: string; url: string; returnUrl?: string };
}

let world: BookingWorld;
beforeAll(async () => {
  world = await openBookingWorld({ PUBLIC_URL: 'https://rally.example' });
});
afterAll(() => world?.close());

const held = async () => {
  const guest = world.people[1] ?? '';
  const sale = await world.sell([{ name: 'Regular', price: 50_000 }]);
  const { id: bookingId } = await world.book(guest, sale);
  return { guest, bookingId };
};

test('a payer goes back to where they began, with the booking', async () => {
  const { guest, bookingId } = await held();
  const input = { bookingId, method: 'CARD' };
  const paying = await world.ask<Paying>(guest, 'booking.pay', { ...input, returnTo: '/app/done' });
  const address = `https://rally.example/app/done?bookingId=${bookingId}`;
  expect(paying.clientAction.returnUrl).toBe(address);
  const again = await world.ask<Paying>(guest, 'booking.pay', { ...input, returnTo: '/app/tickets' });
  expect(again.id).toBe(paying.id);
  expect(again.clientAction.returnUrl).toContain('/app/tickets');
  const kept = await world.ask<Paying>(guest, 'booking.pay', input);
  expect(kept.clientAction.returnUrl).toBe(again.clientAction.returnUrl);
});

test('an address elsewhere is refused by its name, and nothing has begun', async () => {
  const { guest, bookingId } = await held();
  const answer = await world.call(guest, 'booking.pay', { bookingId, method: 'CARD', returnTo: '//evil.example' });
  expect(codeOf(answer)).toBe('INVALID_INPUT');
  expect(errorOf(answer).issues?.[0]?.path).toBe('returnTo');
  expect(await world.database.payment.count({ where: { bookingId } })).toBe(0);
  const booking = await world.ask<{ status: string }>(guest, 'booking.get', { bookingId });
  expect(booking.status).toBe('HELD');
});
