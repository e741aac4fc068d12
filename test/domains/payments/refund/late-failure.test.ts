import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findHostBreaks } from '../../../../src/domains/payments/earning/host-breaks.reads.ts';
import { releaseEarnings } from '../../../../src/domains/payments/earning/release.writes.ts';
import { postJournal } from '../../../../src/domains/payments/ledger/post-journal.writes.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { type Booked, book, pay, somebody } from '../support/bookings.ts';
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

const paid = async (host?: string): Promise<Paid> => {
  const booked = await book(world);
  const { id: paymentId, providerRef } = await pay(world, { ...booked, hostId: host ?? booked.hostId });
  const ref = providerRef ?? '';
  await take(world, { type: 'payment.captured', data: { providerRef: ref, amountMinor: 10_000, currency: 'BDT' } });
  return { ...booked, hostId: host ?? booked.hostId, paymentId, ref };
};

const say = ({ ref }: Paid, how: string, refundId: string, amountMinor: number) =>
  take(world, {
    type: `refund.${how}`,
    data: { providerRef: ref, refundId, refundRef: `r_${refundId}`, amountMinor, currency: 'BDT' },
  });

const release = (paymentId: string) =>
  world.database.$transaction((tx) => releaseEarnings(tx, paymentId, world.platform.clock.now()));

const purse = async (ownerId: string) => {
  const rows = await world.database.ledgerAccount.findMany({ where: { ownerId, posted: { not: 0n } } });
  return Object.fromEntries(rows.map(({ kind, posted }) => [kind, posted]));
};

const paymentOf = (id: string) => world.database.payment.findUniqueOrThrow({ where: { id } });
const expectTrue = async (): Promise<void> => {
  await expectTrueBooks(world.sql);
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
  expect(await findHostBreaks(world.database, 10)).toEqual([]);
};

test('a refund that fails after it settled is undone, and can be asked for again', async () => {
  const payment = await paid();
  const { id } = await askBack(world, payment.paymentId, 4_000n);
  await say(payment, 'settled', id, 4_000);
  expect(await say(payment, 'failed', id, 4_000)).toMatchObject({ status: 'PROCESSED' });
  expect(await world.database.refund.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'FAILED' });
  expect(await paymentOf(payment.paymentId)).toMatchObject({ status: 'COMPLETED', refundedAmount: 0n });
  expect(await purse(payment.hostId)).toEqual({ HOST_PENDING: 8_500n });
  await expectTrue();
  // A rule said that it goes back: it is owed, and reconciliation asks for it again.
  world.pass(3 * 3_600_000);
  await world.run('reconciliation.reconcile');
  const again = await world.database.refund.findFirstOrThrow({
    where: { paymentId: payment.paymentId, status: 'REQUESTED' },
  });
  expect(again).toMatchObject({ amount: 4_000n, reason: 'BY_ATTENDEE' });
  await say(payment, 'settled', again.id, 4_000);
  expect(await paymentOf(payment.paymentId)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 4_000n });
  const { _sum } = await world.database.refund.aggregate({
    where: { paymentId: payment.paymentId, status: 'SETTLED' },
    _sum: { taxAmount: true, commissionAmount: true },
  });
  expect(_sum).toEqual({ taxAmount: 200n, commissionAmount: 400n });
  await expectTrue();
});

test('goodwill that failed late is nobody’s debt, and is given again by hand', async () => {
  const payment = await paid();
  const staff = { userId: await somebody(world), role: 'SUPPORT' };
  const give = async () => {
    const asked = await callAs(world, staff, 'refund.create', { paymentId: payment.paymentId });
    // Safe: what a refund answers.
    return (asked as { id: string }).id;
  };
  const first = await give();
  await say(payment, 'settled', first, 10_000);
  await say(payment, 'failed', first, 10_000);
  expect(await world.database.reconciliationBreak.count({ where: { paymentId: payment.paymentId } })).toBe(0);
  const second = await give();
  await say(payment, 'settled', second, 10_000);
  expect(await paymentOf(payment.paymentId)).toMatchObject({ status: 'REFUNDED' });
  await expectTrue();
});

test('in whatever order and however often the provider says so, the last word stands', async () => {
  const words = fc.shuffledSubarray(['submitted', 'settled', 'settled', 'failed', 'failed', 'submitted'], {
    minLength: 3,
  });
  await fc.assert(
    fc.asyncProperty(words, fc.boolean(), async (said, isOurs) => {
      const payment = await paid();
      // Ours, or one that was made at the provider.
      const { id } = isOurs ? await askBack(world, payment.paymentId, 3_000n) : { id: payment.bookingId };
      const about = { providerRef: payment.ref, refundRef: `r_${id}`, amountMinor: 3_000, currency: 'BDT' };
      for (const how of said) {
        await take(world, { type: `refund.${how}`, data: { ...about, ...(isOurs ? { refundId: id } : {}) } });
      }
      const hasFailed = said.includes('failed');
      const settled = said.includes('settled') && !hasFailed;
      const rows = await world.database.refund.findMany({ where: { paymentId: payment.paymentId } });
      if (hasFailed) expect(rows).toMatchObject([{ status: 'FAILED' }]);
      const { refundedAmount } = await paymentOf(payment.paymentId);
      if (hasFailed) expect(refundedAmount).toBe(0n);
      if (settled) expect(rows).toMatchObject([{ status: 'SETTLED' }]);
      expect(await purse(payment.hostId)).toEqual({ HOST_PENDING: settled ? 5_950n : 8_500n });
    }),
    { numRuns: 40 },
  );
  await expectTrue();
}, 120_000);

test('what was released or recovered meanwhile is where it belongs', async () => {
  const released = await paid();
  const { id } = await askBack(world, released.paymentId, 4_000n);
  await say(released, 'settled', id, 4_000);
  await release(released.paymentId);
  expect(await purse(released.hostId)).toEqual({ HOST_AVAILABLE: 5_100n });
  await say(released, 'failed', id, 4_000);
  expect(await purse(released.hostId)).toEqual({ HOST_AVAILABLE: 8_500n });
  await expectTrue();
});

test('what a host owed for it and has paid since is theirs again', async () => {
  const one = await paid();
  await release(one.paymentId);
  await world.database.$transaction((tx) =>
    postJournal(tx, {
      ...{ sourceType: 'MANUAL', sourceId: `spent ${one.paymentId}`, kind: 'ADJUSTMENT', eventAt: new Date() },
      entries: [
        { account: { kind: 'HOST_AVAILABLE', ownerId: one.hostId }, amountMinor: -8_500n, currency: 'BDT' },
        { account: { kind: 'BANK' }, amountMinor: 8_500n, currency: 'BDT' },
      ],
    }),
  );
  const { id } = await askBack(world, one.paymentId, 10_000n);
  await say(one, 'settled', id, 10_000);
  expect(await purse(one.hostId)).toEqual({ HOST_RECEIVABLE: -8_500n });
  const other = await paid(one.hostId);
  await release(other.paymentId);
  expect(await purse(one.hostId)).toEqual({});
  await say(one, 'failed', id, 10_000);
  expect(await purse(one.hostId)).toEqual({ HOST_AVAILABLE: 8_500n });
  await expectTrue();
});

test('credit whose withdrawal failed late is credit again', async () => {
  const userId = await somebody(world);
  const asked = await callAs(world, { userId }, 'wallet.topUp', { amountMinor: 5_000, currency: 'BDT' });
  // Safe: what a top-up answers.
  const { providerRef } = asked as { providerRef: string };
  await take(world, { type: 'payment.captured', data: { providerRef, amountMinor: 5_000, currency: 'BDT' } });
  const { refunds } = (await callAs(world, { userId }, 'wallet.withdraw', { amountMinor: 4_000, currency: 'BDT' })) as {
    refunds: { id: string }[];
  };
  const refundId = refunds[0]?.id ?? '';
  const data = { providerRef, refundId, refundRef: `r_${refundId}`, amountMinor: 4_000, currency: 'BDT' };
  await take(world, { type: 'refund.settled', data });
  expect(await purse(userId)).toEqual({ ATTENDEE_WALLET: 1_000n });
  await take(world, { type: 'refund.failed', data });
  expect(await purse(userId)).toEqual({ ATTENDEE_WALLET: 5_000n });
  await callAs(world, { userId }, 'wallet.withdraw', { amountMinor: 5_000, currency: 'BDT' });
  await expectTrue();
});
