import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';

let world: BookingWorld;
let ann: string;
let gus: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [, ann = '', gus = ''] = world.people;
});
afterAll(() => world?.close());

interface Held {
  id: string;
  bookingId: string;
  guestName: string | null;
  isEntered: boolean;
  code: string | null;
  proof: { secret: string } | null;
  event: { id: string };
}
interface Page {
  items: Held[];
  nextCursor: string | null;
}
const list = (by: string, input: object = {}) => world.ask<Page>(by, 'ticket.list', input);
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const free = (startInDays: number): Promise<Sale> =>
  world.sell([{ name: 'Seat', price: 0, capacity: 20 }], {
    startDate: inDays(startInDays),
    endDate: inDays(startInDays + 1),
  });

test('tickets to come are listed by their start, in pages, with the code and proof that their own operations give', async () => {
  const [late, early] = [await free(20), await free(10)];
  const bookings = [await world.book(ann, late), await world.book(ann, early)];
  const first = await list(ann, { limit: 1 });
  const second = await list(ann, { limit: 1, cursor: first.nextCursor });
  const held = [...first.items, ...second.items];
  expect(held.map(({ event }) => event.id)).toEqual([early.eventId, late.eventId]);
  expect(second.nextCursor).toBeNull();
  const [shown] = await world.ask<{ code: string }[]>(ann, 'booking.tickets', { bookingId: bookings[1]?.id });
  const proof = await world.ask<object>(ann, 'ticket.proof', { admissionId: held[0]?.id });
  expect(held[0]).toMatchObject({ code: shown?.code, proof, isEntered: false, guestName: null });
});

test('who booked keeps the tickets of guests without an account, and each guest with one has their own', async () => {
  const guests = [{ fullName: 'Nobody Known' }, { fullName: 'Gus', userId: gus }];
  const sale = await free(30);
  const booking = await world.book(ann, sale, 3, { guests });
  const ofBooking = ({ items }: Page) => items.filter(({ bookingId }) => bookingId === booking.id);
  expect(ofBooking(await list(ann)).map(({ guestName }) => guestName)).toEqual([null, 'Nobody Known']);
  expect(ofBooking(await list(gus))).toHaveLength(1);
});

test('once an event is over its tickets are past, and have no code', async () => {
  const sale = await free(40);
  await world.book(ann, sale);
  const past = { startDate: new Date(Date.now() - 172_800_000), endDate: new Date(Date.now() - 86_400_000) };
  await world.database.event.update({ where: { id: sale.eventId }, data: past });
  const isOfSale = ({ event }: Held) => event.id === sale.eventId;
  expect((await list(ann)).items.filter(isOfSale)).toEqual([]);
  const { items } = await list(ann, { when: 'PAST' });
  expect(items.filter(isOfSale)).toMatchObject([{ code: null, proof: null }]);
});

test('a ticket whose payment is disputed has no code until that is decided', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 50_000, capacity: 20 }]);
  const booking = await world.book(ann, sale);
  const paymentId = await world.pay(ann, booking.id);
  await world.capture(paymentId);
  await world.settle();
  const codeOfIt = async () => (await list(ann)).items.find(({ bookingId }) => bookingId === booking.id)?.code;
  expect(await codeOfIt()).toEqual(expect.any(String));
  const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
  expect(await codeOfIt()).toBeNull();
  await world.say(paymentId, { about: 'dispute', status: 'WON', ref });
  expect(await codeOfIt()).toEqual(expect.any(String));
});
