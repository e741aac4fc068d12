import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { submitRequestedRefund } from '../../../../src/domains/payments/refund/submit.job.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { type Booked, book, pay } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { askBack } from '../support/refunds.ts';
import { take } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
});
afterAll(() => world?.close());

interface Paid extends Booked {
  paymentId: string;
  ref: string;
}

/** 100.00, taken by the sandbox, which knows of it. */
const paid = async (): Promise<Paid> => {
  const booked = await book(world);
  const { id: paymentId, providerRef } = await pay(world, booked);
  const ref = providerRef ?? '';
  await world.run('payment.submit', { paymentId });
  await callAs(world, { userId: booked.userId }, 'sandbox.approve', { ref });
  await take(world, { type: 'payment.captured', data: { providerRef: ref, amountMinor: 10_000, currency: 'BDT' } });
  return { ...booked, paymentId, ref };
};

const rowsOf = (paymentId: string) => world.database.refund.findMany({ where: { paymentId }, orderBy: { id: 'asc' } });
const refundsOf = async (paymentId: string) =>
  (await rowsOf(paymentId)).map(({ status, amount, reason }) => [status, amount, reason]);
const submit = (refundId: string | undefined) => world.run('refund.submit', { refundId });
const atDashboard = ({ ref, userId }: Paid, amountMinor: number) =>
  callAs(world, { userId }, 'sandbox.refund', { ref, amountMinor });
const openBreaks = (paymentId: string) =>
  world.database.reconciliationBreak.findMany({ where: { paymentId, status: 'OPEN' } });

describe('a refund at the provider’s dashboard that we have not heard of', () => {
  test('is taken in when ours is refused, and the rest is sent', async () => {
    const payment = await paid();
    await atDashboard(payment, 500);
    const { id } = await askBack(world, payment.paymentId, 10_000n);
    await submit(id);
    expect(await refundsOf(payment.paymentId)).toEqual([
      ['FAILED', 10_000n, 'BY_ATTENDEE'],
      ['SETTLED', 500n, 'EXTERNAL'],
      ['REQUESTED', 9_500n, 'BY_ATTENDEE'],
    ]);
    const [, external, rest] = await rowsOf(payment.paymentId);
    await submit(rest?.id);
    const said = { providerRef: payment.ref, currency: 'BDT' };
    await take(world, { type: 'refund.settled', data: { ...said, amountMinor: 9_500, refundId: rest?.id } });
    // The webhook of the dashboard's refund comes at last.
    const late = { ...said, amountMinor: 500, refundRef: external?.providerRefundId };
    expect(await take(world, { type: 'refund.settled', data: late })).toMatchObject({ status: 'IGNORED' });
    const row = await world.database.payment.findUniqueOrThrow({ where: { id: payment.paymentId } });
    expect(row).toMatchObject({ status: 'REFUNDED', refundedAmount: 10_000n });
    expect(await openBreaks(payment.paymentId)).toEqual([]);
    await expectTrueBooks(world.sql);
  });

  test('waits while ours may still settle, and is taken in when ours fails', async () => {
    const { paymentId, ref } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 10_000n);
    const said = { providerRef: ref, currency: 'BDT' };
    const external = { ...said, amountMinor: 2_000, refundRef: `e_${ref}` };
    expect(await take(world, { type: 'refund.settled', data: external })).toMatchObject({ status: 'RECEIVED' });
    const refusal = { ...said, amountMinor: 10_000, refundId, failure: 'the card is gone' };
    await take(world, { type: 'refund.failed', data: refusal });
    expect(await openBreaks(paymentId)).toMatchObject([{ reference: refundId, expectedAmount: 10_000n }]);
    world.pass(2 * 60_000);
    await world.run('reconciliation.reconcile');
    expect(await refundsOf(paymentId)).toEqual([
      ['FAILED', 10_000n, 'BY_ATTENDEE'],
      ['SETTLED', 2_000n, 'EXTERNAL'],
    ]);
    world.pass(2 * 3_600_000);
    await world.run('reconciliation.reconcile');
    expect((await refundsOf(paymentId)).at(-1)).toEqual(['REQUESTED', 8_000n, 'BY_ATTENDEE']);
    expect(await openBreaks(paymentId)).toEqual([]);
  });
});

test('a refund that is owed and was refused is no longer asked for once staff have closed the difference', async () => {
  const { paymentId, ref, bookingId } = await paid();
  await world.database.booking.update({
    where: { id: bookingId },
    data: { status: 'CONFIRMED', confirmedAt: new Date() },
  });
  const { id: refundId } = await askBack(world, paymentId, 3_000n);
  const refusal = { providerRef: ref, currency: 'BDT', amountMinor: 3_000, refundId };
  await take(world, { type: 'refund.failed', data: refusal });
  const data = { status: 'EXPLAINED', note: 'paid in cash', resolvedAt: new Date() } as const;
  await world.database.reconciliationBreak.updateMany({ where: { paymentId }, data });
  world.pass(3 * 3_600_000);
  await world.run('reconciliation.reconcile');
  expect(await refundsOf(paymentId)).toEqual([['FAILED', 3_000n, 'BY_ATTENDEE']]);
});

test('a refund that was not sent when a dispute opened waits for the bank', async () => {
  const { paymentId, ref } = await paid();
  const { id } = await askBack(world, paymentId, 10_000n);
  const dispute = { providerRef: ref, disputeRef: `d_${ref}`, amountMinor: 10_000, currency: 'BDT' };
  await take(world, { type: 'dispute.opened', data: dispute });
  await submit(id);
  expect(await refundsOf(paymentId)).toEqual([['FAILED', 10_000n, 'BY_ATTENDEE']]);
  await take(world, { type: 'dispute.won', data: dispute });
  expect((await refundsOf(paymentId)).at(-1)).toEqual(['REQUESTED', 10_000n, 'BY_ATTENDEE']);
});

describe('an attempt at a refund', () => {
  /** A worker that sleeps in its first transaction, with a provider that counts what it is asked for. */
  const sleepy = (sleep: () => Promise<void>) => {
    const asked: string[] = [];
    const { database, clock } = world.platform;
    const slow = new Proxy(database, {
      get: (real, name) =>
        name !== '$transaction'
          ? Reflect.get(real, name)
          : async (...given: Parameters<Database['$transaction']>) => {
              const result = await real.$transaction(...given);
              await sleep();
              return result;
            },
    });
    const sandbox = world.providers.get('SANDBOX');
    if (!sandbox) throw new Error('no sandbox');
    const refund: typeof sandbox.refund = (order) => {
      asked.push(`${order.refundId}:${order.attempt}`);
      return sandbox.refund(order);
    };
    const providers = new Map([['SANDBOX' as const, { ...sandbox, refund }]]);
    return { asked, job: submitRequestedRefund({ database: slow, clock, providers }) };
  };

  test('is not made by a worker that slept since it began', async () => {
    const { paymentId } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 1_000n);
    const real = performance.now.bind(performance);
    const { asked, job } = sleepy(async () => {
      performance.now = () => real() + 31_000;
    });
    try {
      await job.run({ refundId });
    } finally {
      performance.now = real;
    }
    expect(asked).toEqual([]);
    await submit(refundId);
    expect(await refundsOf(paymentId)).toEqual([['SUBMITTED', 1_000n, 'BY_ATTENDEE']]);
  });

  test('is not made when another was begun since it was read', async () => {
    const { paymentId } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 1_000n);
    const stale = await world.database.refund.findUniqueOrThrow({
      where: { id: refundId },
      include: { payment: true },
    });
    await world.database.refund.update({ where: { id: refundId }, data: { attempt: 2 } });
    const { asked, job } = sleepy(async () => {});
    const { database } = world.platform;
    const find = database.refund.findUnique;
    Object.assign(database.refund, { findUnique: async () => stale });
    try {
      await job.run({ refundId });
    } finally {
      Object.assign(database.refund, { findUnique: find });
    }
    expect(asked).toEqual([]);
  });

  test('is proved absent by the database’s clock alone, a minute after it was given up', async () => {
    const { paymentId } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 1_000n);
    const set = (sql: string) => world.sql.query(`UPDATE refunds SET ${sql} WHERE id = $1`, [refundId]);
    await set(`status = 'UNKNOWN', submitted_at = now() - interval '50 seconds', updated_at = '2026-01-01'`);
    await world.run('reconciliation.reconcile');
    expect(await world.database.refund.findUnique({ where: { id: refundId } })).toMatchObject({ attempt: 1 });
    await set(`submitted_at = now() - interval '61 seconds', updated_at = '2026-01-01'`);
    await world.run('reconciliation.reconcile');
    expect(await world.database.refund.findUnique({ where: { id: refundId } })).toMatchObject({
      attempt: 2,
      status: 'REQUESTED',
    });
  });
});
