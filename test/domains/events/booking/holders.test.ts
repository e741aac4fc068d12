import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { codeOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;
let guest: string;
let door: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', guest = '', door = ''] = world.people;
});
afterAll(() => world?.close());

interface WholeBooking extends BookingAnswer {
  reference: string;
  promoCode: string | null;
  subtotal: { amountMinor: number };
  lines: { name: string; quantity: number }[];
}

const sell = () =>
  world.sell([
    { name: 'Seat', price: 50_000, capacity: 20 },
    { name: 'Box', price: 90_000, capacity: 20 },
  ]);
/** Ann, her guest, and somebody without an account, in three seats at half the price. */
const bookThree = async ({ eventId, types }: Sale): Promise<WholeBooking> => {
  const code = { eventId, code: 'FRIENDS', kind: 'PERCENT', percentBasisPoints: 5_000 };
  await world.call(host, 'promoCode.create', code);
  const items = [
    { ticketTypeId: types[0], quantity: 2 },
    { ticketTypeId: types[1], quantity: 1 },
  ];
  const guests = [
    { fullName: 'Secret Guest', email: 'secret@example.org' },
    { fullName: 'Gus', userId: guest },
  ];
  return world.ask<WholeBooking>(ann, 'booking.create', { eventId, items, guests, promoCode: 'FRIENDS' });
};
const confirm = async (booking: BookingAnswer) => {
  await world.capture(await world.pay(ann, booking.id));
  await world.settle();
};
const cancel = (by: string, { id: bookingId }: BookingAnswer, more: object = {}) =>
  world.call(by, 'booking.cancel', { bookingId, ...more });

test('a guest who is named in an unpaid booking cannot give it up, held or being paid', async () => {
  const sale = await sell();
  const booking = await bookThree(sale);
  const own = booking.admissions.find(({ userId }) => userId === guest);
  expect(codeOf(await cancel(guest, booking))).toBe('FORBIDDEN');
  expect(codeOf(await cancel(guest, booking, { admissionIds: [own?.id] }))).toBe('FORBIDDEN');
  const payment = await world.pay(ann, booking.id);
  expect(codeOf(await cancel(guest, booking))).toBe('FORBIDDEN');
  expect(codeOf(await world.call(guest, 'booking.pay', { bookingId: booking.id, method: 'CARD' }))).toBe('FORBIDDEN');
  await world.capture(payment);
  await world.settle();
  const { status } = await world.ask<BookingAnswer>(ann, 'booking.get', { bookingId: booking.id });
  expect(status).toBe('CONFIRMED');
});

test('who made an unpaid booking gives it up, and so does the team', async () => {
  const sale = await sell();
  const [first, second] = [await bookThree(sale), await bookThree(sale)];
  expect(codeOf(await cancel(host, first))).toBe('OK');
  expect(codeOf(await cancel(ann, second))).toBe('OK');
});

test('who holds one ticket sees that ticket, before the payment and after, and when giving it up', async () => {
  const sale = await sell();
  const booking = await bookThree(sale);
  const secrets = ['Secret Guest', 'FRIENDS', booking.reference, ...booking.admissions.map(({ id }) => id)];
  const own = booking.admissions.find(({ userId }) => userId === guest);
  const told = secrets.filter((secret) => secret !== own?.id);
  const expectOwnOnly = (view: WholeBooking) => {
    const text = JSON.stringify(view);
    expect(told.filter((secret) => text.includes(secret))).toEqual([]);
    expect(view.admissions.map(({ id }) => id)).toEqual([own?.id]);
    expect(view.lines).toMatchObject([{ name: 'Box', quantity: 1 }]);
    expect(view).toMatchObject({ reference: '', promoCode: null, discount: { amountMinor: 0 } });
    expect([view.total.amountMinor, view.subtotal.amountMinor]).toEqual([own?.paid.amountMinor, own?.paid.amountMinor]);
  };
  const look = (by: string) => world.ask<WholeBooking>(by, 'booking.get', { bookingId: booking.id });
  expectOwnOnly(await look(guest));
  await confirm(booking);
  expectOwnOnly(await look(guest));
  for (const by of [ann, host]) {
    const text = JSON.stringify(await look(by));
    expect(secrets.filter((secret) => !text.includes(secret))).toEqual([]);
  }
  const given = await world.ask<{ booking: WholeBooking }>(guest, 'booking.cancel', { bookingId: booking.id });
  expectOwnOnly(given.booking);
  expect((await look(ann)).admissions.map(({ status }) => status)).toEqual(['ISSUED', 'ISSUED', 'CANCELLED']);
});

test('who was passed a ticket, and then stands at the door, is not shown the others', async () => {
  const sale = await sell();
  const booking = await bookThree(sale);
  await confirm(booking);
  const [first] = booking.admissions;
  await world.ask(ann, 'ticket.transfer', { admissionId: first?.id, to: { userId: door } });
  await world.ask(host, 'host.invite', { eventId: sale.eventId, userId: door, role: 'DOOR_STAFF' });
  await world.ask(door, 'host.accept', { eventId: sale.eventId });
  const view = await world.ask<WholeBooking>(door, 'booking.get', { bookingId: booking.id });
  expect(view.admissions.map(({ userId }) => userId)).toEqual([door]);
  expect(JSON.stringify(view)).not.toContain('Secret Guest');
  await world.ask(door, 'booking.cancel', { bookingId: booking.id });
  const [told] = await world.facts('booking.cancelled', sale.eventId);
  expect(told, 'their own ticket, not the team’s decision').toMatchObject({ reason: 'BY_ATTENDEE', quantity: 1 });
});
