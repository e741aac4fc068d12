import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  FIRST_PAUSE_MS,
  MAX_ENDED,
  MAX_UNPAID,
  NOTHING_UNPAID,
  refuseWhilePaused,
} from '../../../../src/domains/events/booking/unpaid.rules.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { codeOf, errorOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', bob = ''] = world.people;
});
afterAll(() => world?.close());

const MINUTE = 60_000;
const paid = { name: 'Seat', price: 50_000, capacity: 500 };
const order = ({ eventId, types }: Sale, quantity = 1, place = 0) => ({
  eventId,
  items: [{ ticketTypeId: types[place], quantity }],
});
const book = (by: string, sale: Sale, quantity = 1) => world.call(by, 'booking.create', order(sale, quantity));
const heldAt = async ({ eventId }: Sale) =>
  (await world.database.event.findUniqueOrThrow({ where: { id: eventId }, select: { held: true } })).held;

/** Lets all claims of an event that are over be over for longer. */
const age = async ({ eventId }: Sale, ms: number) => {
  const shift = `${ms} milliseconds`;
  await world.database.$executeRaw`
    UPDATE inventory_holds SET settled_at = settled_at - ${shift}::interval
    WHERE event_id = ${eventId}::uuid AND state <> 'HELD'`;
};
const letExpire = async (sale: Sale) => {
  await world.pass(sale.eventId, 31 * MINUTE);
  await world.runJob('booking.sweepExpired');
};

describe('seats that nobody pays for', () => {
  test('one person holds two orders of an event at most, however many they ask for at once', async () => {
    const sale = await world.sell([paid]);
    const other = await world.sell([paid]);
    const calls = Array.from({ length: 20 }, () => ({ by: ann, input: order(sale, 10) }));
    const groups = await Promise.all([
      world.together('booking.create', [...calls, { by: bob, input: order(sale, 10) }]),
      world.together('booking.create', calls),
      book(ann, sale, 10).then((answer) => [answer]),
    ]);
    const answers = groups.flat();
    expect(answers.filter(({ ok }) => ok)).toHaveLength(MAX_UNPAID + 1);
    expect(answers.filter((answer) => codeOf(answer) === 'CONFLICT')).toHaveLength(41 - MAX_UNPAID);
    expect(await heldAt(sale)).toBe(30);
    expect(codeOf(await book(ann, other)), 'another event is another sale').toBe('OK');
  });

  test('what is paid or cancelled makes room again, and what is free never counts', async () => {
    const sale = await world.sell([paid, { name: 'Free', price: 0 }]);
    const [first, second] = [await world.book(ann, sale), await world.book(ann, sale)];
    expect(codeOf(await book(ann, sale))).toBe('CONFLICT');
    for (let times = 0; times < 3; times += 1) await world.ask(ann, 'booking.create', order(sale, 1, 1));
    await world.capture(await world.pay(ann, first.id));
    await world.settle();
    expect(codeOf(await book(ann, sale))).toBe('OK');
    await world.ask(ann, 'booking.cancel', { bookingId: second.id });
    expect(codeOf(await book(ann, sale))).toBe('OK');
    expect(codeOf(await book(ann, sale))).toBe('CONFLICT');
  });

  test('after the third that ended unpaid there is a pause, which doubles; others are not kept waiting', async () => {
    const sale = await world.sell([paid]);
    await world.book(ann, sale);
    await letExpire(sale);
    await world.ask(ann, 'booking.cancel', { bookingId: (await world.book(ann, sale)).id });
    await world.book(ann, sale);
    // Over, and not swept yet: it counts all the same.
    await world.pass(sale.eventId, 11 * MINUTE);
    const refused = errorOf(await book(ann, sale));
    expect(refused).toMatchObject({ code: 'RATE_LIMITED', retryable: true });
    expect(refused.retryAfterMs).toBeGreaterThan(FIRST_PAUSE_MS - 2 * MINUTE);
    expect(refused.retryAfterMs).toBeLessThan(FIRST_PAUSE_MS + MINUTE);
    expect(codeOf(await book(bob, sale))).toBe('OK');
    await world.runJob('booking.sweepExpired');
    await age(sale, 11 * MINUTE);
    await world.book(ann, sale);
    await letExpire(sale);
    expect(errorOf(await book(ann, sale)).retryAfterMs).toBeGreaterThan(FIRST_PAUSE_MS * 1.5);
    await age(sale, 25 * 60 * MINUTE);
    expect(codeOf(await book(ann, sale)), 'a day later all of it is forgotten').toBe('OK');
  });

  test('what the team cancelled, and what was paid late, was nobody’s hoarding', async () => {
    const sale = await world.sell([paid]);
    for (let times = 0; times < MAX_ENDED; times += 1) {
      const { id: bookingId } = await world.book(ann, sale);
      await world.ask(host, 'booking.cancel', { bookingId });
    }
    for (let times = 0; times < MAX_ENDED; times += 1) {
      const payment = await world.pay(ann, (await world.book(ann, sale)).id);
      await letExpire(sale);
      await world.capture(payment);
      await world.settle();
    }
    expect(codeOf(await book(ann, sale))).toBe('OK');
  });

  test('requests are two at a time, so that none can be approved into more', async () => {
    const sale = await world.sell([paid], { approvalMode: 'MANUAL' });
    const calls = Array.from({ length: 5 }, () => ({ by: ann, input: order(sale) }));
    const answers = await world.together('booking.create', calls);
    expect(answers.map(codeOf)).toEqual(['OK', 'OK', 'CONFLICT', 'CONFLICT', 'CONFLICT']);
    expect(codeOf(await book(ann, sale))).toBe('CONFLICT');
    const [first] = answers;
    const id = first?.ok ? (first.data as BookingAnswer).id : '';
    await world.ask(ann, 'booking.withdraw', { bookingId: id });
    expect(codeOf(await book(ann, sale))).toBe('OK');
  });

  test('the waitlist is no way round', async () => {
    const sale = await world.sell([{ ...paid, capacity: 1 }], {
      startDate: new Date(Date.now() + 240 * 60 * MINUTE).toISOString(),
      endDate: new Date(Date.now() + 241 * 60 * MINUTE).toISOString(),
    });
    for (let times = 0; times < MAX_ENDED; times += 1) {
      await world.book(ann, sale);
      await letExpire(sale);
    }
    await world.platform.redis.cache.flushdb();
    await world.book(bob, sale);
    const join = (by: string) =>
      world.call(by, 'waitlist.join', { eventId: sale.eventId, ticketTypeId: sale.types[0] });
    expect(codeOf(await join(ann))).toBe('RATE_LIMITED');
    expect(codeOf(await join(host))).toBe('OK');
  });
});

test('a pause begins with the third, grows with each one more, and never passes a day', () => {
  const now = new Date('2030-01-01T00:00:00Z');
  const leftMs = (ended: number, agoMs: number): number => {
    try {
      refuseWhilePaused({ ...NOTHING_UNPAID, ended, lastEndedAt: new Date(now.getTime() - agoMs) }, now);
      return 0;
    } catch (error) {
      if (error instanceof AppError) return error.details.retryAfterMs ?? Number.NaN;
      throw error;
    }
  };
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 90_000_000 }), (ended, agoMs) => {
      const left = leftMs(ended, agoMs);
      expect(left).toBe(ended < MAX_ENDED ? 0 : left);
      expect(left).toBeLessThanOrEqual(24 * 60 * MINUTE);
      expect(leftMs(ended + 1, agoMs)).toBeGreaterThanOrEqual(left);
      expect(leftMs(ended, agoMs + 1)).toBeLessThanOrEqual(left);
    }),
  );
  expect([2, 3, 4, 5].map((ended) => leftMs(ended, 0) / FIRST_PAUSE_MS)).toEqual([0, 1, 2, 4]);
});
