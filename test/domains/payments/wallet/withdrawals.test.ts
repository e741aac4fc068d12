import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openWallet } from '../../../../src/domains/payments/credit/open.writes.ts';
import { spendFromWallet } from '../../../../src/domains/payments/credit/spend.writes.ts';
import { journalTopUp } from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { lockPayment } from '../../../../src/domains/payments/payment/lock.writes.ts';
import { findRefundWithPayment } from '../../../../src/domains/payments/refund/refund.reads.ts';
import { failRefund, settleRefund } from '../../../../src/domains/payments/refund/settle.writes.ts';
import { holdWallet, withdrawCredit } from '../../../../src/domains/payments/wallet/withdraw.writes.ts';
import { partsOf } from '../../../../src/domains/payments/wallet/withdrawal.rules.ts';
import { AppError } from '../../../../src/kernel/errors.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks } from '../support/books.ts';
import { expectTrueBooks } from '../support/invariants.ts';

const now = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';
const RUNS = 8;
const MOVES = 50;

let books: Books;
let hostId: string;
let next = 1;

beforeAll(async () => {
  books = await openBooks({ people: RUNS + 2, poolSize: 10 });
  hostId = books.people[0] ?? '';
});
afterAll(() => books.close());

/** A captured top-up, as it is after its webhook. */
const topUp = (userId: string, amountMinor: bigint): Promise<unknown> =>
  books.inTx(async (tx) => {
    const id = newId();
    const { id: walletId } = await openWallet(tx, { userId, currency });
    await tx.payment.create({
      data: {
        ...{ id, userId, walletId, amount: amountMinor, currency, purpose: 'WALLET_TOP_UP', status: 'COMPLETED' },
        ...{ capturedAmount: amountMinor, providerPaymentId: `p_${id}`, completedAt: now },
      },
    });
    return journalTopUp(tx, { paymentId: id, userId, amountMinor, currency, at: now });
  });

const spend = (userId: string, amountMinor: bigint): Promise<unknown> =>
  books.inTx((tx) => {
    const shares = { amountMinor, commissionMinor: 0n, taxMinor: 0n };
    return spendFromWallet(tx, { paymentId: newId(), userId, hostId, currency, at: now, ...shares });
  });

const withdraw = (userId: string, amountMinor: bigint) =>
  books.inTx(async (tx) => {
    const wallet = await holdWallet(tx, userId, currency);
    return wallet === null ? [] : withdrawCredit(tx, recordIn(tx), { wallet, amountMinor, now });
  });

/** The provider's word for a refund; of several, whichever comes first counts. */
const end = (refundId: string, isSettled: boolean): Promise<unknown> =>
  books.inTx(async (tx) => {
    const refund = await findRefundWithPayment(tx, refundId);
    const payment = refund && (await lockPayment(tx, refund.paymentId));
    if (!refund || !payment) throw new Error(`no refund ${refundId}`);
    const settling = { tx, record: recordIn(tx), now };
    return isSettled
      ? settleRefund(settling, payment, refund, null)
      : failRefund(settling, payment, refund, 'The provider refused.');
  });

const amount = fc.bigInt({ min: 1n, max: 400n });
const move = fc.record({ kind: fc.constantFrom('spend', 'withdraw'), amount, isSettled: fc.boolean() });
const course = fc.record({
  topUps: fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { minLength: 1, maxLength: 6 }),
  moves: fc.array(move, { minLength: MOVES, maxLength: MOVES }),
});

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((sum, part) => sum + part, 0n);

test('of 50 spends and withdrawals at once, whatever becomes of each, no more leaves than there is', async () => {
  await fc.assert(
    fc.asyncProperty(course, async ({ topUps, moves }) => {
      const userId = books.people[next++ % books.people.length] ?? '';
      const spentBefore = await books.balance('HOST_PENDING', hostId);
      const startedWith = await books.balance('ATTENDEE_WALLET', userId);
      for (const part of topUps) await topUp(userId, part);
      const outcomes = await Promise.allSettled(
        moves.map(async ({ kind, amount: amountMinor, isSettled }) => {
          if (kind === 'spend') return spend(userId, amountMinor);
          const refunds = await withdraw(userId, amountMinor);
          expect(sumOf(refunds.map((refund) => BigInt(refund.amount.amountMinor)))).toBe(amountMinor);
          for (const { id } of refunds) await end(id, isSettled);
          return refunds;
        }),
      );
      for (const outcome of outcomes) {
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(AppError);
      }
      await expectTrueBooks(books.sql);
      const where = { payment: { userId }, status: 'SETTLED' } as const;
      const { _sum } = await books.database.refund.aggregate({ where, _sum: { amount: true } });
      const spent = (await books.balance('HOST_PENDING', hostId)) - spentBefore;
      const left = await books.balance('ATTENDEE_WALLET', userId);
      expect(left + spent + (_sum.amount ?? 0n)).toBe(startedWith + sumOf(topUps));
      expect(await books.balance('SUSPENSE')).toBe(0n);
      expect(await books.database.walletHold.count({ where: { state: 'PENDING' } })).toBe(0);
    }),
    { numRuns: RUNS },
  );
  expect((await verifyBooks(books.database)).breaks).toEqual([]);
  const counted = 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()';
  expect((await books.sql.query(counted)).rows[0].deadlocks).toBe(0);
}, 120_000);

test('a refund ends its hold once, however often and in whatever order its end is told', async () => {
  const userId = books.people.at(-1) ?? '';
  await topUp(userId, 500n);
  for (let round = 0; round < 6; round += 1) {
    const held = await books.balance('ATTENDEE_WALLET', userId);
    const [refund] = await withdraw(userId, 50n);
    const refundId = refund?.id ?? '';
    await Promise.all([true, true, true].map((isSettled) => end(refundId, isSettled)));
    expect(await books.balance('ATTENDEE_WALLET', userId)).toBe(held - 50n);
    expect(await books.database.walletHold.findUnique({ where: { refundId } })).toMatchObject({ state: 'POSTED' });
  }
  await expectTrueBooks(books.sql);
});

test('parts are taken in order, each wholly before the next, and never more than was asked', () => {
  const topUps = fc.array(fc.bigInt({ min: 1n, max: 1_000n }), { maxLength: 10 });
  fc.assert(
    fc.property(topUps, amount, (lefts, asked) => {
      const all = lefts.map((leftMinor, place) => ({ paymentId: String(place), leftMinor }));
      const parts = partsOf(all, asked);
      const available = sumOf(lefts);
      expect(sumOf(parts.map(({ amountMinor }) => amountMinor))).toBe(asked < available ? asked : available);
      expect(parts.map(({ paymentId }) => paymentId)).toEqual(parts.map((_, place) => String(place)));
      for (const [place, { amountMinor }] of parts.slice(0, -1).entries()) expect(amountMinor).toBe(lefts[place]);
    }),
  );
});
