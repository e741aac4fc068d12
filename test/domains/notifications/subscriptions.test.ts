import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { paymentCaptured, paymentFailed, subscriptionChanged } from '../../../src/domains/payments/facts.ts';
import type { FactContract, PayloadOf } from '../../../src/kernel/contract.ts';
import { recordFact } from '../../../src/platform/facts/outbox.ts';
import { newId } from '../../../src/platform/ids.ts';
import { type EventWorld, openEventWorld } from '../events/support/event-world.ts';

interface Inbox {
  items: { type: string; category: string; title: string; message: string }[];
}

let world: EventWorld;
let userId: string;
let subscriptionId: string;

beforeAll(async () => {
  world = await openEventWorld();
  [userId = ''] = world.people;
});

afterAll(() => world?.close());

beforeEach(async () => {
  await world.database.notification.deleteMany();
  subscriptionId = newId();
});

const tell = async <F extends FactContract>(fact: F, payload: PayloadOf<F>): Promise<void> => {
  await world.database.$transaction((tx) => recordFact(tx, fact, payload));
  await world.settle();
};

type Status = PayloadOf<typeof subscriptionChanged>['status'];
const change = (status: Status, fields: { periodEnd?: string; priceMinor?: number } = {}) =>
  tell(subscriptionChanged, {
    ...{ subscriptionId, userId, status, priceMinor: 1_250, currency: 'EUR' },
    ...{ periodEnd: '2027-02-03T10:00:00.000Z', ...fields },
  });

/** What was told, the first first. */
const told = async () => (await world.ask<Inbox>(userId, 'notification.list', {})).items.reverse();

test('each renewal is told once, with the day until which it runs', async () => {
  await change('ACTIVE');
  await change('ACTIVE');
  await change('ACTIVE', { periodEnd: '2027-03-03T10:00:00.000Z' });
  expect(await told()).toMatchObject([
    { category: 'PAYMENT', message: 'We received 12.50 EUR. It runs until 2027-02-03.' },
    { category: 'PAYMENT', message: 'We received 12.50 EUR. It runs until 2027-03-03.' },
  ]);
});

test('grace, a late payment and both kinds of end are told', async () => {
  await change('PAST_DUE');
  await change('ACTIVE', { periodEnd: '2027-03-03T10:00:00.000Z' });
  await change('PAST_DUE', { periodEnd: '2027-03-03T10:00:00.000Z' });
  await change('EXPIRED', { periodEnd: '2027-03-03T10:00:00.000Z' });
  expect((await told()).map(({ type, title }) => [type, title])).toEqual([
    ['PAYMENT_FAILED', 'Your subscription could not be renewed'],
    ['PAYMENT_COMPLETED', 'Your subscription is paid'],
    ['PAYMENT_FAILED', 'Your subscription could not be renewed'],
    ['SYSTEM', 'Your subscription has ended'],
  ]);
  subscriptionId = newId();
  await change('CANCELLED');
  expect((await told()).at(-1)?.message).toBe('It ended as you asked. Nothing more is charged.');
});

test('a trial that begins, and a free plan that runs on, are no news', async () => {
  await change('TRIALING');
  await change('ACTIVE', { priceMinor: 0 });
  expect(await told()).toEqual([]);
});

test('a payment for a subscription is not told twice, and one that fails speaks of no seats', async () => {
  const paymentId = newId();
  const nothing = { bookingId: null, walletId: null, eventId: null };
  const paid = { amountMinor: 1_250, currency: 'EUR', purpose: 'SUBSCRIPTION', capturedAt: new Date().toISOString() };
  await tell(
    paymentCaptured,
    paymentCaptured.payload.parse({ paymentId, ...nothing, subscriptionId, userId, ...paid }),
  );
  expect(await told()).toEqual([]);
  await tell(paymentFailed, { paymentId, bookingId: null, userId, code: 'CARD_DECLINED' });
  expect(await told()).toMatchObject([{ message: 'Nothing was charged. You may try again.' }]);
});
