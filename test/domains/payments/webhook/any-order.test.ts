import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Booked, book, pay } from '../support/bookings.ts';
import { Crash } from '../support/crash.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { type Told, take } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
});

afterAll(() => world?.close());

const TOTAL = 10_000;

/** What a provider may ever say of one payment, without the payment's name. */
interface Said {
  key: string;
  type: string;
  data: Record<string, unknown>;
}

const said = (type: string, data: Record<string, unknown> = {}): fc.Arbitrary<Omit<Said, 'key'>> =>
  fc.constant({ type, data: { amountMinor: TOTAL, currency: 'BDT', ...data } });

const steps = fc.array(
  fc.oneof(
    said('payment.requires_action'),
    said('payment.processing'),
    said('payment.authorized'),
    said('payment.failed', { failureCode: 'DECLINED' }),
    said('payment.failed', { failureCode: 'INSUFFICIENT_FUNDS' }),
    said('payment.captured', { amountMinor: TOTAL - 1 }),
    said('payment.captured'),
    said('payment.refunded_in_a_way_nobody_knows'),
  ),
  { maxLength: 6 },
);

/** Refunds made at the provider, which never give back more than was taken; some words about them come twice. */
const refunds = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 3 }).chain((amounts) =>
  fc.tuple(
    ...amounts.flatMap((amountMinor, place) => {
      const data = { amountMinor, refundRef: `refund ${place}` };
      return [said('refund.settled', data), said('refund.settled', data)];
    }),
  ),
);

const disputes = fc.oneof(
  fc.constant<Omit<Said, 'key'>[]>([]),
  fc.constantFrom('won', 'lost', 'withdrawn').chain((end) => {
    const data = { amountMinor: 4_000, disputeRef: 'dispute', reason: 'FRAUDULENT' };
    return fc.tuple(said('dispute.opened', data), said(`dispute.${end}`, data));
  }),
);

const story = fc.tuple(steps, refunds, disputes, fc.boolean()).map(([first, second, third, isCaptured]) => ({
  // No provider gives one id to two messages; random ids would now and then.
  all: [...first, ...second, ...third].map((message, place): Said => ({ ...message, key: `no. ${place}` })),
  isCaptured,
}));

/** The same messages twice, in two orders, with repetitions; and which of them meet a worker that dies first. */
const twoOrders = story.chain(({ all, isCaptured }) => {
  const captured = { key: 'captured', type: 'payment.captured', data: { amountMinor: TOTAL, currency: 'BDT' } };
  const messages = isCaptured ? [...all, captured] : all;
  const order = fc
    .tuple(fc.shuffledSubarray(messages, { minLength: messages.length }), fc.subarray(messages))
    .chain(([each, again]) => {
      const deliveries = [...each, ...again];
      return fc.tuple(
        fc.constant(each),
        fc.shuffledSubarray(deliveries, { minLength: deliveries.length }),
        fc.infiniteStream(fc.integer({ min: 1, max: 60 })),
      );
    });
  return fc.tuple(order, order);
});

const tell = async (ref: string, messages: Said[], luck: Iterator<number>): Promise<void> => {
  for (const { key, type, data } of messages) {
    const names = Object.entries(data).map(([name, value]) => [
      name,
      name.endsWith('Ref') ? `${value} of ${ref}` : value,
    ]);
    const told: Told = { id: `${key} of ${ref}`, type, data: { providerRef: ref, ...Object.fromEntries(names) } };
    await take(world, told, luck.next().value).catch(refuseUnlessCrash);
    await take(world, told);
  }
};

const refuseUnlessCrash = (error: unknown): void => {
  if (!(error instanceof Crash)) throw error;
};

/** All that the messages can have changed, without ids and times. */
const outcome = async ({ bookingId, hostId }: Booked, ref: string) => {
  const { database } = world;
  const payment = await database.payment.findFirstOrThrow({
    where: { bookingId },
    include: { refunds: true, disputes: true },
  });
  const sources = [payment.id, ...payment.refunds.map(({ id }) => id), ...payment.disputes.map(({ id }) => id)];
  const journals = await database.transaction.findMany({
    where: { sourceId: { in: sources } },
    include: { entries: { include: { account: true } } },
  });
  const balances = new Map<string, bigint>();
  for (const { account, amount } of journals.flatMap(({ entries }) => entries)) {
    const name = account.ownerId === hostId ? 'HOST' : account.kind;
    balances.set(name, (balances.get(name) ?? 0n) + amount);
  }
  const waiting = { status: 'RECEIVED' as const, payload: { path: ['paymentRef'], equals: ref } };
  return {
    status: payment.status,
    captured: payment.capturedAmount,
    refunded: payment.refundedAmount,
    failure: payment.failureCode,
    refunds: payment.refunds.map(({ amount, status }) => `${status} ${amount}`).sort(),
    disputes: payment.disputes.map(({ amount, status }) => `${status} ${amount}`).sort(),
    journals: journals.map(({ sourceType, kind }) => `${sourceType} ${kind}`).sort(),
    balances: [...balances].filter(([, amount]) => amount !== 0n).sort(),
    waiting: await database.paymentWebhookEvent.count({ where: waiting }),
  };
};

test('I8: any order of a payment’s webhooks, with repetitions and crashes, comes to the same', async () => {
  await fc.assert(
    fc.asyncProperty(twoOrders, async (orders) => {
      const outcomes = [];
      for (const [, deliveries, luck] of orders) {
        const booked = await book(world, BigInt(TOTAL));
        const { providerRef } = await pay(world, booked);
        const ref = providerRef ?? '';
        await tell(ref, deliveries, luck[Symbol.iterator]());
        outcomes.push(await outcome(booked, ref));
      }
      expect(outcomes[1]).toEqual(outcomes[0]);
    }),
    { numRuns: 40 },
  );
  await expectTrueBooks(world.sql);
}, 180_000);
