import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { codeOf } from '../support/event-world.ts';

interface Guest {
  admissionId: string;
  bookingId: string;
  reference: string;
  name: string | null;
  ticketTypeId: string;
  isCancelled: boolean;
  paid: { amountMinor: number };
  admittedAt: string | null;
  payment: { paymentId: string; left: { amountMinor: number } } | null;
}

interface Sales {
  tickets: number;
  days: { day: string; tickets: number; taken: { amountMinor: number } }[];
  [amount: string]: unknown;
}

let world: BookingWorld;
let host: string;
let ann: string;
let manager: string;
let stranger: string;
let sale: Sale;
let bookingId: string;
let paymentId: string;

/** Far enough away for all of a price to go back. */
const IN_A_MONTH = {
  startDate: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  endDate: new Date(Date.now() + 31 * 86_400_000).toISOString(),
};

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = ''] = world.people;
  [manager = '', stranger = ''] = await world.crowd(2);
  sale = await world.sell(
    [
      { name: 'Seat', price: 25_000, capacity: 9 },
      { name: 'Floor', capacity: 9 },
    ],
    IN_A_MONTH,
  );
  const { eventId } = sale;
  await world.ask(host, 'host.invite', { eventId, userId: manager, role: 'MANAGER' });
  await world.ask(manager, 'host.accept', { eventId });
  const guests = [{ fullName: 'Zoë Under_score' }];
  ({ id: bookingId } = await world.book(ann, sale, 2, { guests }));
  paymentId = await world.pay(ann, bookingId);
  await world.capture(paymentId);
  await world.ask(stranger, 'booking.create', { eventId, items: [{ ticketTypeId: sale.types[1], quantity: 1 }] });
  await world.settle();
});
afterAll(() => world?.close());

const guests = async (by: string, more: object = {}): Promise<Guest[]> =>
  (await world.ask<{ items: Guest[] }>(by, 'guest.list', { eventId: sale.eventId, ...more })).items;
const sales = (): Promise<Sales> => world.ask(host, 'sales.get', { eventId: sale.eventId });
const minor = (amounts: Sales): Record<string, number> =>
  Object.fromEntries(
    ['taken', 'refunded', 'disputed', 'fees', 'tax', 'earned'].map((name) => [
      name,
      (amounts[name] as { amountMinor: number }).amountMinor,
    ]),
  );

describe('guest.list', () => {
  test('shows who has a ticket, and to the owner alone what can go back', async () => {
    const all = await guests(host);
    expect(all.map(({ ticketTypeId }) => sale.types.indexOf(ticketTypeId)).sort()).toEqual([0, 0, 1]);
    const paid = all.filter((guest) => guest.bookingId === bookingId);
    expect(paid.map((guest) => guest.payment?.paymentId)).toEqual([paymentId, paymentId]);
    expect(paid.map(({ isCancelled, admittedAt }) => [isCancelled, admittedAt])).toEqual([
      [false, null],
      [false, null],
    ]);
    expect((await guests(manager)).map(({ payment }) => payment)).toEqual([null, null, null]);
  });

  test('finds by the beginning of a word of the name, by reference, kind of ticket and state', async () => {
    expect((await guests(host, { query: 'under_' })).map(({ name }) => name)).toEqual(['Zoë Under_score']);
    expect(await guests(host, { query: 'nder' })).toEqual([]);
    const [{ reference } = { reference: '' }] = await guests(host, { query: 'zoë' });
    expect(await guests(host, { query: reference.toLowerCase() })).toHaveLength(2);
    expect(await guests(host, { ticketTypeId: sale.types[1] })).toHaveLength(1);
    expect(await guests(host, { state: 'COMING' })).toHaveLength(3);
    expect(await guests(host, { state: 'CAME' })).toEqual([]);
    expect(await guests(host, { state: 'CANCELLED' })).toEqual([]);
  });

  test('goes on from page to page', async () => {
    const first = await world.ask<{ items: Guest[]; nextCursor: string }>(host, 'guest.list', {
      eventId: sale.eventId,
      limit: 2,
    });
    const rest = await guests(host, { limit: 2, cursor: first.nextCursor });
    expect(new Set([...first.items, ...rest].map(({ admissionId }) => admissionId)).size).toBe(3);
  });

  test('is not there for strangers', async () => {
    expect(codeOf(await world.call(stranger, 'guest.list', { eventId: sale.eventId }))).toBe('NOT_FOUND');
  });
});

describe('sales', () => {
  test('say where the money went, as the books do', async () => {
    const shown = await sales();
    expect(shown.tickets).toBe(3);
    const { taken = 0, refunded, disputed, fees = 0, tax = 0, earned } = minor(shown);
    expect([taken >= 50_000, refunded, disputed, earned]).toEqual([true, 0, 0, taken - fees - tax]);
    expect(shown.days).toEqual([
      expect.objectContaining({ tickets: 3, taken: expect.objectContaining({ amountMinor: taken }) }),
    ]);
    const { items } = await world.ask<{ items: { pendingMinor: number }[] }>(host, 'payout.balances', {});
    expect(items.map(({ pendingMinor }) => pendingMinor)).toEqual([earned]);
    const listed = await world.ask<{ items: { eventId: string; taken: { amountMinor: number } }[] }>(
      host,
      'sales.list',
      { eventIds: [sale.eventId] },
    );
    expect(listed.items).toEqual([{ eventId: sale.eventId, taken: expect.objectContaining({ amountMinor: taken }) }]);
  });

  test('count what went back once', async () => {
    const { taken } = minor(await sales());
    await world.ask(host, 'refund.create', { paymentId, amountMinor: 10_000 });
    expect(minor(await sales())).toMatchObject({ taken, refunded: 10_000 });
    const [guest] = await guests(host, { query: 'zoë' });
    expect(guest?.payment?.left.amountMinor).toBe((taken ?? 0) - 10_000);
  });

  test('are for who runs the event', async () => {
    expect(codeOf(await world.call(stranger, 'sales.get', { eventId: sale.eventId }))).toBe('FORBIDDEN');
    expect(await world.ask(stranger, 'sales.list', { eventIds: [sale.eventId] })).toEqual({ items: [] });
    expect(
      (await world.ask<{ items: object[] }>(manager, 'sales.list', { eventIds: [sale.eventId] })).items,
    ).toHaveLength(1);
  });
});

test('eventUpdate.reach counts people with an account once, for who runs the event', async () => {
  const reach = await world.ask(host, 'eventUpdate.reach', { eventId: sale.eventId });
  expect(reach).toEqual({ participants: 2, waitlist: 0, staff: 2 });
  expect(codeOf(await world.call(stranger, 'eventUpdate.reach', { eventId: sale.eventId }))).toBe('FORBIDDEN');
});
