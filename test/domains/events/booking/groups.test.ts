import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../../../src/kernel/execute.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { brokenAlways } from '../support/books-of-seats.ts';
import { codeOf } from '../support/event-world.ts';

let world: BookingWorld;
let crowd: string[];

beforeAll(async () => {
  world = await openBookingWorld();
  crowd = await world.crowd(40);
});
afterAll(() => world?.close());

const order = ({ eventId, types }: Sale, quantity = 1) => ({ eventId, items: [{ ticketTypeId: types[0], quantity }] });
const idOf = (answer: Answer | undefined) => (answer?.ok ? (answer.data as BookingAnswer).id : undefined);
const together = (calls: { by: string; input: unknown; idempotencyKey?: string }[]) =>
  world.together('booking.create', calls);

test('seats go to who comes first, and every call has its own answer', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 10 }]);
  const answers = await together(crowd.map((by) => ({ by, input: order(sale) })));
  expect(answers.map(codeOf)).toEqual(crowd.map((_, place) => (place < 10 ? 'OK' : 'SOLD_OUT')));
  expect(new Set(answers.flatMap((answer) => idOf(answer) ?? [])).size).toBe(10);
  const audited = await world.database.auditLog.count({
    where: { action: 'booking.create', targetId: { in: answers.flatMap((answer) => idOf(answer) ?? []) } },
  });
  expect(audited).toBe(10);
  expect(await world.facts('booking.held', sale.eventId)).toHaveLength(10);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});

test('a bad call among good ones is refused alone', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 0, capacity: 10, maxPerOrder: 3, oneActivePerUser: true }]);
  const [a = '', b = '', c = ''] = crowd;
  const answers = await together([
    { by: a, input: order(sale) },
    { by: a, input: order(sale) },
    { by: b, input: order(sale, 4) },
    { by: b, input: { ...order(sale), promoCode: 'NOWHERE' } },
    { by: b, input: { ...order(sale), guests: [{ fullName: 'One' }, { fullName: 'Two' }] } },
    { by: c, input: order(sale, 3) },
  ]);
  expect(answers.map(codeOf)).toEqual([
    'OK',
    'ALREADY_BOOKED',
    'INVALID_INPUT',
    'PROMO_INVALID',
    'INVALID_INPUT',
    'OK',
  ]);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});

test('what is sold once a person is booked once, however they call at once, and again when it was given up (I7)', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 0, capacity: 10, oneActivePerUser: true }]);
  const [buyer = ''] = crowd;
  // A group, and calls that are decided beside it.
  const [grouped, ...alone] = await Promise.all([
    together([1, 2].map(() => ({ by: buyer, input: order(sale) }))),
    ...[1, 2].map(() => world.call(buyer, 'booking.create', order(sale))),
  ]);
  const answers = [...grouped, ...alone];
  expect(answers.map(codeOf).sort()).toEqual(['ALREADY_BOOKED', 'ALREADY_BOOKED', 'ALREADY_BOOKED', 'OK']);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
  // The database has the last word, whoever writes.
  const hold = await world.database.inventoryHold.findFirstOrThrow({ where: { eventId: sale.eventId } });
  await expect(world.database.inventoryHold.create({ data: { ...hold, id: newId() } })).rejects.toThrow(
    /Unique constraint/,
  );
  await world.ask(buyer, 'booking.cancel', { bookingId: answers.map(idOf).find((id) => id !== undefined) });
  expect(codeOf(await world.call(buyer, 'booking.create', order(sale)))).toBe('OK');
});

test('repeats within a group, and of a whole group, take effect once and are answered alike', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 10 }]);
  const calls = crowd.slice(0, 8).map((by) => ({ by, input: order(sale), idempotencyKey: 'once' }));
  const first = await together([...calls, ...calls]);
  const again = await together(calls);
  const ids = first.slice(0, 8).map(idOf);
  expect(first.slice(8).map(idOf)).toEqual(ids);
  expect(again.map(idOf)).toEqual(ids);
  const other = await together([{ by: crowd[0] ?? '', input: order(sale, 2), idempotencyKey: 'once' }]);
  expect(other.map(codeOf)).toEqual(['IDEMPOTENCY_MISMATCH']);
  const type = await world.database.ticketType.findUniqueOrThrow({ where: { id: sale.types[0] ?? '' } });
  expect(type.held).toBe(8);
});

test('what was refused is not stored: the same key may be tried again', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 1 }]);
  const calls = crowd.slice(0, 2).map((by) => ({ by, input: order(sale), idempotencyKey: 'again' }));
  const [mine, theirs] = await together(calls);
  expect([mine, theirs].map((answer) => answer && codeOf(answer))).toEqual(['OK', 'SOLD_OUT']);
  await world.ask(crowd[0] ?? '', 'booking.cancel', { bookingId: idOf(mine) });
  const [retried] = await together(calls.slice(1));
  expect(retried && codeOf(retried)).toBe('OK');
});

test('a group that fails as a whole is decided one by one', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 10 }]);
  const [a = '', b = ''] = crowd;
  // Somebody whose account row is gone: the database refuses the rows of all, not the mind of the one.
  const nobody = '0190163d-8694-739b-aea5-966c26f8ad91';
  const answers = await together([a, nobody, b].map((by) => ({ by, input: order(sale) })));
  expect(answers.map(codeOf)).toEqual(['OK', 'INTERNAL', 'OK']);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});

test('a group that took too long is refused at once, not run one by one', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 10 }]);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await new Promise<void>((locked, failed) => {
    const holding = async (tx: Pick<typeof world.database, '$executeRaw'>): Promise<void> => {
      await tx.$executeRaw`SELECT 1 FROM events WHERE id = ${sale.eventId}::uuid FOR UPDATE`;
      locked();
      await released;
    };
    world.database.$transaction(holding, { timeout: 60_000 }).catch(failed);
  });
  const startedAtMs = performance.now();
  const answers = await together(crowd.slice(0, 8).map((by) => ({ by, input: order(sale) })));
  const tookMs = performance.now() - startedAtMs;
  release();
  expect(answers.map(codeOf)).toEqual(Array(8).fill('OVERLOADED'));
  // One statement's 3.5 s; one by one it would be eight times that, and more.
  expect(tookMs).toBeLessThan(15_000);
}, 90_000);

test('several groups at once, each seat once', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 100, capacity: 50 }]);
  const groups = Array.from({ length: 6 }, () => together(crowd.map((by) => ({ by, input: order(sale) }))));
  const answers = (await Promise.all(groups)).flat();
  expect(answers.filter((answer) => answer.ok)).toHaveLength(50);
  expect(answers.filter((answer) => codeOf(answer) === 'SOLD_OUT')).toHaveLength(190);
  expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
});
