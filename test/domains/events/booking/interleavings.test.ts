import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommit } from '../../../../src/platform/commits/run-commit.ts';
import type { Database, Transaction } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { crashing } from '../../payments/support/crash.ts';
import { type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { brokenAlways, brokenAtRest } from '../support/books-of-seats.ts';

/** Any number of workers, facts heard late and twice, time that jumps, processes that die: the books of seats stay right. */
let world: BookingWorld;
let host: string;
let people: string[];

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ...people] = world.people;
});
afterAll(() => world?.close());

/** The database of a process that dies before a statement. */
const dying = (database: Database, beforeStatement: number): Database =>
  new Proxy(database, {
    get: (real, name) => {
      if (name !== '$transaction') return Reflect.get(real, name);
      return (run: (tx: Transaction) => Promise<unknown>, options?: object) =>
        real.$transaction((tx) => run(crashing(tx, beforeStatement)), options);
    },
  });

interface Step {
  kind:
    | 'book'
    | 'cancel'
    | 'giveUpOne'
    | 'pay'
    | 'capture'
    | 'join'
    | 'accept'
    | 'decline'
    | 'leave'
    | 'pass'
    | 'sweep'
    | 'hear'
    | 'transfer'
    | 'dispute'
    | 'decide'
    | 'dashboard'
    | 'giveBack';
  who: number;
  quantity: number;
  withCode: boolean;
  /** The process dies before this statement; 0 lives. */
  dies: number;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constant('book' as const) },
    { weight: 3, arbitrary: fc.constantFrom('pay' as const, 'capture' as const, 'join' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'cancel',
        'giveUpOne',
        'accept',
        'decline',
        'leave',
        'pass',
        'sweep',
        'hear',
        'transfer',
      ),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('dispute' as const, 'decide' as const, 'dashboard' as const, 'giveBack' as const),
    },
  ),
  who: fc.nat({ max: 8 }),
  quantity: fc.integer({ min: 1, max: 3 }),
  withCode: fc.boolean(),
  dies: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 25 }) }),
});

const call = async (by: string, operation: string, input: unknown, dies: number): Promise<void> => {
  if (dies === 0) {
    await world.call(by, operation, input);
    return;
  }
  const { platform } = world;
  const handler = world.handlerOf(operation);
  const origin = { carrier: 'internal', address: '192.0.2.1', agent: 'test' } as const;
  const actor = { userId: by, role: 'USER', sessionId: newId() };
  const made = { actor, origin, requestId: newId(), now: new Date() };
  const request = { id: newId(), operation, input: handler.contract.input.parse(input), call: made };
  // What it answered nobody hears: the process is gone. A worker takes the same job up again.
  await runCommit({ ...platform, database: dying(platform.database, dies) }, handler, request).catch(() => {});
  await runCommit(platform, handler, request);
};

const latest = async (where: object): Promise<string | undefined> =>
  (await world.database.booking.findFirst({ where, orderBy: { id: 'desc' }, select: { id: true } }))?.id;

/** The banks of those who dispute payments decide, of so many at most. */
const decide = async (eventId: string, status: 'WON' | 'LOST', most: number): Promise<void> => {
  const open = await world.database.dispute.findMany({ where: { status: 'OPENED', payment: { eventId } }, take: most });
  for (const { paymentId, providerDisputeId: ref, amount: amountMinor } of open) {
    await world.say(paymentId, { about: 'dispute', status, amountMinor, ref }).catch(() => {});
  }
};

const act = async ({ eventId, types }: Sale, { kind, who, quantity, withCode, dies }: Step): Promise<void> => {
  const by = people[who] ?? '';
  const own = { eventId, userId: by };
  const entry = () => world.database.waitlist.findFirst({ where: own, orderBy: { id: 'desc' }, select: { id: true } });
  const onBooking = async (operation: string, where: object, more: object = {}) => {
    const bookingId = await latest({ ...own, ...where });
    if (bookingId) await call(by, operation, { bookingId, ...more }, dies);
  };
  const onEntry = async (operation: string) => {
    const found = await entry();
    if (found) await call(by, operation, { entryId: found.id }, dies);
  };
  const onTicket = async (use: (admissionId: string, bookingId: string) => Promise<void>) => {
    const found = await world.database.eventParticipant.findFirst({
      where: { eventId, status: 'ISSUED', booking: { userId: by } },
      select: { id: true, bookingId: true },
    });
    if (found?.bookingId) await use(found.id, found.bookingId);
  };
  const onTaken = async (use: (paymentId: string, partMinor: bigint) => Promise<unknown>) => {
    const taken = await world.database.payment.findMany({ where: { eventId, capturedAmount: { gt: 0 } } });
    const payment = taken[who % Math.max(taken.length, 1)];
    // A third of it, or all.
    if (payment) await use(payment.id, quantity === 3 ? payment.capturedAmount : payment.capturedAmount / 3n);
  };
  const items = [{ ticketTypeId: types[who % types.length], quantity }];
  const steps: Record<Step['kind'], () => Promise<unknown>> = {
    book: () => call(by, 'booking.create', { eventId, items, ...(withCode ? { promoCode: 'HALF' } : {}) }, dies),
    pay: () => onBooking('booking.pay', { status: { in: ['HELD', 'AWAITING_PAYMENT'] } }, { method: 'CARD' }),
    capture: async () => {
      const open = await world.database.payment.findFirst({
        where: { eventId, status: { in: ['PENDING', 'CANCELLED'] } },
        select: { id: true },
      });
      if (open) await world.capture(open.id).catch(() => {});
    },
    cancel: () => onBooking('booking.cancel', {}),
    giveUpOne: () =>
      onTicket((admissionId, bookingId) =>
        call(by, 'booking.cancel', { bookingId, admissionIds: [admissionId] }, dies),
      ),
    transfer: () =>
      onTicket((admissionId) =>
        call(by, 'ticket.transfer', { admissionId, to: { userId: people[(who + 1) % 9] } }, dies),
      ),
    join: () => call(by, 'waitlist.join', { eventId, ticketTypeId: types[who % types.length], quantity }, dies),
    accept: () => onEntry('waitlist.accept'),
    decline: () => onEntry('waitlist.decline'),
    leave: () => onEntry('waitlist.leave'),
    pass: () => world.pass(eventId, 26 * 60_000),
    sweep: () => world.runJob('booking.sweepExpired'),
    hear: () => world.settle(),
    dispute: () =>
      onTaken((id, amountMinor) => world.say(id, { about: 'dispute', status: 'OPENED', amountMinor }).catch(() => {})),
    decide: () => decide(eventId, withCode ? 'WON' : 'LOST', 1),
    dashboard: () =>
      onTaken((id, amountMinor) => world.say(id, { about: 'refund', status: 'SETTLED', amountMinor }).catch(() => {})),
    giveBack: () =>
      onTaken((paymentId, amountMinor) =>
        call(host, 'refund.create', { paymentId, amountMinor: Number(amountMinor) }, dies),
      ),
  };
  await steps[kind]();
};

test('I1–I6: the books of seats, codes, offers and money hold in every order, whatever banks and dashboards do', async () => {
  const rounds = Number(process.env.INTERLEAVINGS ?? 12);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 3, maxLength: 12 }),
      async (moments) => {
        const sale = await world.sell(
          [
            { name: 'A', price: 30_001, capacity: 3, maxPerOrder: 3 },
            { name: 'B', price: 0, capacity: 3, maxPerOrder: 3, oneActivePerUser: true },
          ],
          {
            maxParticipants: 5,
            startDate: new Date(Date.now() + 30 * 86_400_000).toISOString(),
            endDate: new Date(Date.now() + 31 * 86_400_000).toISOString(),
          },
        );
        await world.ask(host, 'promoCode.create', {
          eventId: sale.eventId,
          code: 'HALF',
          kind: 'PERCENT',
          percentBasisPoints: 5_000,
          maxTotal: 2,
          maxPerUser: 1,
        });
        for (const moment of moments) {
          await Promise.all(moment.map((each) => act(sale, each)));
          expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
        }
        await world.settle();
        await decide(sale.eventId, moments.length % 2 === 0 ? 'WON' : 'LOST', 100);
        await world.settle();
        await world.pass(sale.eventId, 2 * 3_600_000);
        await world.runJob('booking.sweepExpired');
        await world.settle();
        await world.runJob('waitlist.sweep');
        await world.settle();
        expect(await brokenAlways(world.database, sale.eventId)).toEqual([]);
        expect(await brokenAtRest(world.database, sale.eventId)).toEqual([]);
      },
    ),
    { numRuns: rounds, endOnFailure: true },
  );
}, 240_000);
