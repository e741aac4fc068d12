import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { openQueue } from '../../../../src/platform/jobs/queue.ts';
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

const paid = async (totalMinor = 10_000n): Promise<Paid> => {
  const booked = await book(world, totalMinor);
  const { id: paymentId, providerRef } = await pay(world, booked);
  const ref = providerRef ?? '';
  const data = { providerRef: ref, amountMinor: Number(totalMinor), currency: 'BDT' };
  await take(world, { type: 'payment.captured', data });
  return { ...booked, paymentId, ref };
};

const paymentOf = (id: string) => world.database.payment.findUniqueOrThrow({ where: { id } });
const settle = async (refundId: string, { ref }: Paid, amountMinor: bigint): Promise<void> => {
  await world.run('refund.submit', { refundId });
  const data = { providerRef: ref, refundId, amountMinor: Number(amountMinor), currency: 'BDT' };
  await take(world, { type: 'refund.settled', data });
};

describe('I5: what goes back never exceeds what was taken', () => {
  test('however many ask at once', async () => {
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 6_000n }), { minLength: 2, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(amounts, async (asked) => {
        const { paymentId } = await paid();
        const answers = await Promise.allSettled(asked.map((amount) => askBack(world, paymentId, amount)));
        const refunds = await world.database.refund.findMany({ where: { paymentId, status: { not: 'FAILED' } } });
        const sum = refunds.reduce((total, { amount }) => total + amount, 0n);
        expect(sum).toBeLessThanOrEqual(10_000n);
        expect(await paymentOf(paymentId)).toMatchObject({ refundedAmount: sum });
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(refunds.length);
        // Whoever was refused asked for more than was left at the end, too.
        const refused = asked.filter((_, place) => answers[place]?.status === 'rejected');
        for (const amount of refused) expect(sum + amount).toBeGreaterThan(10_000n);
        // And is told so: the database, which would not take it either, says it to nobody.
        for (const answer of answers) {
          if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'CONFLICT' });
        }
      }),
      { numRuns: 10 },
    );
  }, 120_000);

  test('in parts it gives back exactly what everybody had', async () => {
    const parts = fc.array(fc.bigInt({ min: 1n, max: 900n }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(parts, async (amounts) => {
        const total = amounts.reduce((sum, amount) => sum + amount, 0n);
        const payment = await paid(total);
        for (const amount of amounts) {
          const { id } = await askBack(world, payment.paymentId, amount);
          await settle(id, payment, amount);
        }
        expect(await paymentOf(payment.paymentId)).toMatchObject({ status: 'REFUNDED', refundedAmount: total });
        const { _sum } = await world.database.refund.aggregate({
          where: { paymentId: payment.paymentId },
          _sum: { commissionAmount: true, taxAmount: true },
        });
        expect(_sum).toEqual({ commissionAmount: total / 10n, taxAmount: total / 20n });
        const pending = await world.database.ledgerAccount.findFirst({
          where: { kind: 'HOST_PENDING', ownerId: payment.hostId },
        });
        expect(pending?.posted).toBe(0n);
      }),
      // The split itself is drawn a thousand times without a database: give-back.test.ts.
      { numRuns: 6 },
    );
    await expectTrueBooks(world.sql);
  }, 120_000);

  test('of one admission no more than its share', async () => {
    const payment = await paid();
    const participantId = newId();
    await world.database.eventParticipant.create({
      data: {
        id: participantId,
        eventId: payment.eventId,
        bookingId: payment.bookingId,
        pricePaid: 3_000n,
        status: 'ISSUED',
      },
    });
    const staff = { userId: await somebody(world), role: 'SUPPORT' };
    const ask = (amountMinor: number) =>
      callAs(world, staff, 'refund.create', { paymentId: payment.paymentId, participantId, amountMinor });
    expect(await ask(2_000)).toMatchObject({ status: 'REQUESTED', participantId, amount: { amountMinor: 2_000 } });
    await expect(ask(1_001)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await ask(1_000)).toMatchObject({ amount: { amountMinor: 1_000 } });
  });
});

describe('a refund', () => {
  test('of the whole is made once, though it is submitted and told again and again', async () => {
    const payment = await paid();
    const { id } = await askBack(world, payment.paymentId, 10_000n);
    await settle(id, payment, 10_000n);
    await settle(id, payment, 10_000n);
    // Programs that know the payment's name alone say the same.
    const data = { providerRef: payment.ref, amountMinor: 10_000, currency: 'BDT' };
    expect(await take(world, { type: 'refund.settled', data })).toMatchObject({ status: 'IGNORED' });
    expect(await world.database.refund.count({ where: { paymentId: payment.paymentId } })).toBe(1);
    expect(await world.database.transaction.count({ where: { sourceId: id } })).toBe(1);
  });

  test('that names the payment alone settles the one that waits', async () => {
    const payment = await paid();
    const { id } = await askBack(world, payment.paymentId, 2_000n);
    const data = { providerRef: payment.ref, amountMinor: 2_000, currency: 'BDT' };
    expect(await take(world, { type: 'refund.settled', data })).toMatchObject({ status: 'PROCESSED' });
    expect(await world.database.refund.findUnique({ where: { id } })).toMatchObject({ status: 'SETTLED' });
  });

  test('from a wallet goes back to the wallet, without a provider', async () => {
    const booked = await book(world);
    const topUp = newId();
    const data = { id: topUp, userId: booked.userId, purpose: 'WALLET_TOP_UP', amount: 15_000n } as const;
    await world.database.payment.create({ data: { ...data, providerPaymentId: `sbx_${topUp}` } });
    const said = { providerRef: `sbx_${topUp}`, amountMinor: 15_000, currency: 'BDT' };
    await take(world, { type: 'payment.captured', data: said });
    const payment = await pay(world, booked, 'WALLET');
    expect(payment).toMatchObject({ status: 'COMPLETED', provider: 'INTERNAL', captured: { amountMinor: 10_000 } });
    const { id } = await askBack(world, payment.id, 10_000n);
    await world.run('refund.submit', { refundId: id });
    expect(await world.database.refund.findUnique({ where: { id } })).toMatchObject({ status: 'SETTLED' });
    const wallet = await world.database.ledgerAccount.findFirst({
      where: { kind: 'ATTENDEE_WALLET', ownerId: booked.userId },
    });
    expect(wallet?.posted).toBe(15_000n);
    await expectTrueBooks(world.sql);
  });

  test('from a wallet whose job was lost is asked for again, with nobody else to ask', async () => {
    const booked = await book(world);
    const topUp = newId();
    const data = { id: topUp, userId: booked.userId, purpose: 'WALLET_TOP_UP', amount: 10_000n } as const;
    await world.database.payment.create({ data: { ...data, providerPaymentId: `sbx_${topUp}` } });
    const said = { providerRef: `sbx_${topUp}`, amountMinor: 10_000, currency: 'BDT' };
    await take(world, { type: 'payment.captured', data: said });
    const payment = await pay(world, booked, 'WALLET');
    const { id } = await askBack(world, payment.id, 10_000n);
    world.pass(2 * 60_000);
    await world.run('reconciliation.reconcile');
    const waiting = await openQueue('jobs', world.platform.redis.jobs, world.platform.log).getJobs(['waiting']);
    expect(waiting.map(({ name, data: asked }) => [name, asked])).toContainEqual(['refund.submit', { refundId: id }]);
  });

  test('is shown to payer, host and staff, and to nobody else', async () => {
    const payment = await paid();
    const { id: refundId } = await askBack(world, payment.paymentId, 1_000n);
    const look = (userId: string, role = 'USER') => callAs(world, { userId, role }, 'refund.get', { refundId });
    expect(await look(payment.userId)).toMatchObject({ id: refundId });
    expect(await look(payment.hostId)).toMatchObject({ id: refundId });
    expect(await look(await somebody(world), 'ADMIN')).toMatchObject({ id: refundId });
    await expect(look(await somebody(world))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  test('is given by the host, not by the payer', async () => {
    const { paymentId, userId, hostId } = await paid();
    await expect(callAs(world, { userId }, 'refund.create', { paymentId })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await callAs(world, { userId: hostId }, 'refund.create', { paymentId })).toMatchObject({
      initiator: 'HOST',
      amount: { amountMinor: 10_000 },
    });
    await expect(callAs(world, { userId: hostId }, 'refund.create', { paymentId })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});

describe('I6: money that nothing was given for', () => {
  test('is told of again, and goes back within ten minutes', async () => {
    const { paymentId } = await paid();
    const told = () =>
      world.database.outboxEvent.count({
        where: { name: 'payment.captured', payload: { path: ['paymentId'], equals: paymentId } },
      });
    expect(await told()).toBe(1);
    world.pass(4 * 60_000);
    await world.run('reconciliation.reconcile');
    expect(await told()).toBe(2);
    world.pass(5 * 60_000);
    await world.run('reconciliation.reconcile');
    await world.run('reconciliation.reconcile');
    const refunds = await world.database.refund.findMany({ where: { paymentId } });
    expect(refunds).toMatchObject([{ reason: 'LATE_PAYMENT', amount: 10_000n }]);
  });

  test('stays where the booking was confirmed', async () => {
    const { paymentId, bookingId } = await paid();
    await world.database.booking.update({
      where: { id: bookingId },
      data: { status: 'CONFIRMED', confirmedAt: new Date() },
    });
    world.pass(10 * 60_000);
    await world.run('reconciliation.reconcile');
    expect(await world.database.refund.count({ where: { paymentId } })).toBe(0);
  });
});
