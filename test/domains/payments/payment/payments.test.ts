import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPayments } from '../../../../src/domains/payments/index.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { book, pay, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { take } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
});

afterAll(() => world?.close());

test('a payment is its payer’s; staff may see it, nobody else', async () => {
  const booked = await book(world);
  const { id: paymentId } = await pay(world, booked);
  const look = (userId: string, role = 'USER') => callAs(world, { userId, role }, 'payment.get', { paymentId });
  expect(await look(booked.userId)).toMatchObject({
    id: paymentId,
    status: 'PENDING',
    amount: { amountMinor: 10_000, currency: 'BDT' },
    clientAction: { kind: 'redirect' },
  });
  expect(await look(await somebody(world), 'ADMIN')).toMatchObject({ id: paymentId });
  await expect(look(booked.hostId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a payer’s payments are listed page by page', async () => {
  const booked = await book(world);
  const first = await pay(world, booked);
  const second = await pay(world, booked, 'BKASH');
  const list = (input: object) => callAs(world, booked, 'payment.list', input);
  expect(await list({ limit: 1 })).toMatchObject({ items: [{ id: second.id }], nextCursor: second.id });
  expect(await list({ limit: 1, cursor: second.id })).toMatchObject({
    items: [{ id: first.id, status: 'CANCELLED' }],
    nextCursor: null,
  });
  const { bookingId } = first;
  expect(await list({ bookingId })).toMatchObject({ items: [{ id: second.id }, { id: first.id }] });
  expect(await list({ bookingId: second.id })).toMatchObject({ items: [] });
});

test('an open payment can be given up, twice without harm, and one that was made cannot', async () => {
  const booked = await book(world);
  const { id: paymentId } = await pay(world, booked);
  const cancel = (id: string, userId = booked.userId) => callAs(world, { userId }, 'payment.cancel', { paymentId: id });
  await expect(cancel(paymentId, booked.hostId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await cancel(paymentId)).toMatchObject({ status: 'CANCELLED' });
  expect(await cancel(paymentId)).toMatchObject({ status: 'CANCELLED' });
  const next = await pay(world, booked);
  const data = { providerRef: next.providerRef, amountMinor: 10_000, currency: 'BDT' };
  await take(world, { type: 'payment.captured', data });
  await expect(cancel(next.id)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a booking that is paid is paid by nothing else, also before anybody has heard of it', async () => {
  const booked = await book(world);
  const { providerRef } = await pay(world, booked);
  await take(world, { type: 'payment.captured', data: { providerRef, amountMinor: 10_000, currency: 'BDT' } });
  for (const method of ['CARD', 'BKASH', 'WALLET'] as const) {
    await expect(pay(world, booked, method)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('paid already'),
    });
  }
  expect(await world.database.payment.count({ where: { bookingId: booked.bookingId } })).toBe(1);
});

test('a wallet without enough credit pays nothing, and leaves nothing behind', async () => {
  const booked = await book(world);
  await expect(pay(world, booked, 'WALLET')).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await world.database.payment.count({ where: { bookingId: booked.bookingId } })).toBe(0);
});

test('the payer’s devices are shown the payment as it is now', async () => {
  const told: [string, unknown][] = [];
  const sockets = {
    ...world.platform.sockets,
    tellUser: (userId: string, _signal: unknown, data: unknown) => void told.push([userId, data]),
  };
  const { subscribers } = createPayments({ ...world.platform, sockets });
  const subscriber = subscribers.find(({ name }) => name === 'payments.tellPayer');
  const booked = await book(world);
  const { id: paymentId, providerRef } = await pay(world, booked);
  const data = { providerRef, amountMinor: 10_000, currency: 'BDT' };
  await take(world, { type: 'payment.captured', data });
  const fact = await world.database.outboxEvent.findFirstOrThrow({
    where: { name: 'payment.moved', payload: { path: ['paymentId'], equals: paymentId } },
  });
  await subscriber?.run(fact.payload as never, newId());
  expect(told).toEqual([[booked.userId, expect.objectContaining({ id: paymentId, status: 'COMPLETED' })]]);
});
