import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { DAY_MS, openPayoutWorld, type PayoutWorld } from './world.ts';

let world: PayoutWorld;
let hostId: string;
let guestId: string;

beforeAll(async () => {
  world = await openPayoutWorld();
  [hostId = '', guestId = ''] = world.books.people;
});
afterAll(() => world.books.close());

const inDays = (days: number): Date => new Date(world.clock.now().getTime() + days * DAY_MS);

/** A sale of an event that ends then, with what its booking says of the date. */
const sell = async (endDate: Date, policySnapshot: object) => {
  const eventId = await world.addEvent(hostId, endDate);
  const paymentId = await world.addPayment({ hostId, guestId, eventId, amountMinor: 100n });
  const bookingId = newId();
  await world.books.database.booking.create({
    data: {
      ...{ id: bookingId, userId: guestId, eventId, status: 'CONFIRMED', confirmedAt: world.clock.now() },
      ...{ totalAmount: 100n, subtotalAmount: 100n, policySnapshot },
    },
  });
  await world.books.database.payment.update({ where: { id: paymentId }, data: { bookingId } });
  return { eventId, paymentId };
};

const released = async (paymentId: string): Promise<boolean> => {
  await world.jobsOf().release();
  const { releasedAt } = await world.books.database.payment.findUniqueOrThrow({ where: { id: paymentId } });
  return releasedAt !== null;
};

const move = (eventId: string, data: { status?: 'POSTPONED' | 'COMPLETED'; endDate?: Date; startDate?: Date }) =>
  world.books.database.event.update({ where: { id: eventId }, data });

test('a postponed event has earned nothing yet, however long ago it was to end', async () => {
  const { eventId, paymentId } = await sell(inDays(-9), {});
  await move(eventId, { status: 'POSTPONED' });
  expect(await released(paymentId)).toBe(false);
  world.clock.passMs(400 * DAY_MS);
  expect(await released(paymentId)).toBe(false);
  await move(eventId, { status: 'COMPLETED', startDate: inDays(-1.1), endDate: inDays(-1) });
  expect(await released(paymentId)).toBe(false);
  world.clock.passMs(8 * DAY_MS);
  expect(await released(paymentId)).toBe(true);
});

test('an event whose date was moved forward has earned nothing before the date for which it was sold', async () => {
  const { paymentId } = await sell(inDays(-9), { startsAt: inDays(20).toISOString() });
  expect(await released(paymentId)).toBe(false);
  world.clock.passMs(26 * DAY_MS);
  expect(await released(paymentId)).toBe(false);
  world.clock.passMs(2 * DAY_MS);
  expect(await released(paymentId)).toBe(true);
});

test('nothing is released while tickets may be given back because the date moved', async () => {
  const { paymentId } = await sell(inDays(-9), {
    startsAt: inDays(-20).toISOString(),
    fullRefundUntil: inDays(3).toISOString(),
  });
  expect(await released(paymentId)).toBe(false);
  world.clock.passMs(3 * DAY_MS);
  expect(await released(paymentId)).toBe(true);
});
