import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPayment } from '../../../../src/domains/payments/capture/start.writes.ts';
import { isContested, paymentsDue } from '../../../../src/domains/payments/earning/due.reads.ts';
import { releaseEarnings } from '../../../../src/domains/payments/earning/release.writes.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { until } from '../../../support/until.ts';
import { type Booked, book, pay, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { take } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
});
afterAll(() => world?.close());

const paid = async (): Promise<Booked & { paymentId: string; ref: string }> => {
  const booked = await book(world);
  const { id: paymentId, providerRef } = await pay(world, booked);
  const ref = providerRef ?? '';
  await take(world, { type: 'payment.captured', data: { providerRef: ref, amountMinor: 10_000, currency: 'BDT' } });
  return { ...booked, paymentId, ref };
};

/** Holds a payment's row as another worker would, until let go. */
const holdPayment = async (paymentId: string) => {
  let hold = (): void => {};
  let letGo = (): void => {};
  const held = new Promise<void>((resolve) => {
    hold = resolve;
  });
  const free = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const done = world.database.$transaction(
    async (tx) => {
      await tx.$queryRaw`SELECT id FROM payments WHERE id = ${paymentId}::uuid FOR UPDATE`;
      hold();
      await free;
    },
    { timeout: 20_000 },
  );
  await held;
  return async () => {
    letGo();
    await done;
  };
};

describe('whatever moves a payment waits for whoever moves it', () => {
  test('a refund is decided after the row is free, from what is there then', async () => {
    const { paymentId, hostId } = await paid();
    const release = await holdPayment(paymentId);
    let isAnswered = false;
    const asked = callAs(world, { userId: hostId }, 'refund.create', { paymentId, amountMinor: 100 }).finally(() => {
      isAnswered = true;
    });
    const waiting = () =>
      world.sql.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ~ 'FROM payments'`);
    // It stands before the row, and so has read nothing of it.
    await until(async () => (await waiting()).rowCount === 1, { withinMs: 10_000 });
    expect(isAnswered).toBe(false);
    await release();
    expect(await asked).toMatchObject({ amount: { amountMinor: 100 } });
  });
});

describe('one booking', () => {
  test('that two devices pay for at once from a wallet is paid once', async () => {
    const booked = await book(world);
    const topUp = newId();
    const data = { id: topUp, userId: booked.userId, purpose: 'WALLET_TOP_UP', amount: 25_000n } as const;
    await world.database.payment.create({ data: { ...data, providerPaymentId: `sbx_${topUp}` } });
    const said = { providerRef: `sbx_${topUp}`, amountMinor: 25_000, currency: 'BDT' };
    await take(world, { type: 'payment.captured', data: said });
    const start = () =>
      world.database.$transaction((tx) =>
        startPayment(tx, recordIn(tx), {
          ...{ settings: world.platform.config.payments, ...booked, amountMinor: 10_000n, currency: 'BDT' },
          ...{ method: 'WALLET', commissionMinor: 0n, taxMinor: 0n, commissionSnapshot: {}, now: new Date() },
        }),
      );
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, start));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ code: 'CONFLICT' });
    }
    const { _sum: sum } = await world.database.payment.aggregate({
      where: { bookingId: booked.bookingId },
      _sum: { capturedAmount: true },
    });
    expect(sum.capturedAmount).toBe(10_000n);
    await expectTrueBooks(world.sql);
  });
});

test('what is disputed is not released to its host, by whichever of the two checks comes first', async () => {
  const { paymentId, ref, eventId } = await paid();
  await world.sql.query(`UPDATE events SET start_date = '2026-01-01', end_date = '2026-01-02' WHERE id = $1`, [
    eventId,
  ]);
  const due = async () => {
    const page = {
      now: new Date(),
      endedBefore: new Date(),
      after: '00000000-0000-0000-0000-000000000000',
      limit: 1_000,
    };
    return (await paymentsDue(world.database, page)).some(({ id }) => id === paymentId);
  };
  expect([await due(), await isContested(world.database, paymentId)]).toEqual([true, false]);
  const dispute = { providerRef: ref, disputeRef: `d_${ref}`, amountMinor: 10_000, currency: 'BDT' };
  await take(world, { type: 'dispute.opened', data: dispute });
  expect([await due(), await isContested(world.database, paymentId)]).toEqual([false, true]);
  expect(await world.database.$transaction((tx) => releaseEarnings(tx, paymentId, new Date()))).toBe(false);
  await take(world, { type: 'dispute.won', data: dispute });
  expect(await due()).toBe(true);
  expect(await world.database.$transaction((tx) => releaseEarnings(tx, paymentId, new Date()))).toBe(true);
});

test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'a webhook of the type %s is of no concern to us',
  async (type) => {
    const data = { providerRef: 'sbx_x', amountMinor: 1, currency: 'BDT' };
    expect(await take(world, { type, data })).toMatchObject({ status: 'IGNORED' });
  },
);

test.each(['\u0000', '\ud800', 'a\udc00b'])(
  'a name that cannot be stored is refused, not an error of ours',
  async (ref) => {
    const data = { providerRef: ref, amountMinor: 1, currency: 'BDT' };
    await expect(take(world, { type: 'payment.captured', data })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  },
);

test('a payment page that nobody opened is not found at once', async () => {
  const startedAt = performance.now();
  await expect(
    callAs(world, { userId: await somebody(world) }, 'sandbox.page', { ref: `sbx_${'0'.repeat(32)}` }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  // The wait for a payment that is a moment ahead of the sandbox takes three seconds.
  expect(performance.now() - startedAt).toBeLessThan(2_500);
});
