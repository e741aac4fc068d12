import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { holdCredit, voidHold } from '../../../../src/domains/payments/credit/hold.writes.ts';
import { spendFromWallet } from '../../../../src/domains/payments/credit/spend.writes.ts';
import { bookCapture } from '../../../../src/domains/payments/ledger/book.steps.ts';
import { journalCapture } from '../../../../src/domains/payments/ledger/journals/capture.steps.ts';
import {
  journalDisputeLost,
  journalDisputeOpened,
  journalDisputeWon,
} from '../../../../src/domains/payments/ledger/journals/dispute.steps.ts';
import { journalPayoutSubmitted } from '../../../../src/domains/payments/ledger/journals/payout.steps.ts';
import { journalRefund } from '../../../../src/domains/payments/ledger/journals/refund.steps.ts';
import { journalRelease } from '../../../../src/domains/payments/ledger/journals/release.steps.ts';
import { reverseJournal } from '../../../../src/domains/payments/ledger/journals/reversal.steps.ts';
import { journalTopUp } from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import type { Transaction } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Books, openBooks, paidPayment } from '../support/books.ts';
import { Crash, crashing } from '../support/crash.ts';
import { spendHeld } from '../support/held.ts';
import { expectTrueBooks } from '../support/invariants.ts';

const at = new Date('2026-11-22T10:00:00Z');
const currency = 'BDT';
const WORKERS = 6;
const RUNS = 12;

let books: Books;
beforeAll(async () => {
  books = await openBooks({ people: 3, poolSize: WORKERS + 2 });
});
afterAll(() => books.close());

/** What a run's workers share: two payments of one host, a wallet, and the ids under which facts repeat. */
interface Scene {
  hostId: string;
  guestId: string;
  payments: { id: string; amountMinor: bigint; commissionMinor: bigint; taxMinor: bigint; promoMinor: bigint }[];
  refunds: string[];
  disputes: string[];
  spends: string[];
  holds: string[];
}

const KINDS = [
  ...['capture', 'refund', 'release', 'dispute', 'won', 'lost', 'payout', 'reverse'],
  ...['topUp', 'spend', 'hold', 'spend held', 'void'],
] as const;
type Kind = (typeof KINDS)[number];

interface Step {
  kind: Kind;
  /** Which payment, refund or hold: few, so that steps meet. */
  which: number;
  amount: bigint;
  /** The process dies before this statement; beyond the last one it does not. */
  crashBefore: number;
  worker: number;
}

const anyStep: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom<Kind[]>(...(KINDS as readonly Kind[])),
  which: fc.integer({ min: 0, max: 1 }),
  amount: fc.bigInt({ min: 1n, max: 60n }),
  crashBefore: fc.integer({ min: 1, max: 24 }),
  worker: fc.integer({ min: 0, max: WORKERS - 1 }),
});

const openScene = async (): Promise<Scene> => {
  const [hostId = '', guestId = ''] = books.people;
  const payments = [];
  for (const amountMinor of [100n, 250n]) {
    const shares = { amountMinor, commissionMinor: amountMinor / 20n, taxMinor: amountMinor / 10n };
    // The second was lowered by a code of the platform.
    const promoMinor = amountMinor === 250n ? 37n : 0n;
    payments.push({ id: await paidPayment(books, guestId, shares), ...shares, promoMinor });
  }
  const refunds = [];
  const disputes = [];
  for (const { id: paymentId, amountMinor } of payments) {
    const refund = await books.database.refund.create({ data: { id: newId(), paymentId, amount: amountMinor } });
    refunds.push(refund.id);
    const id = newId();
    const data = { id, paymentId, providerDisputeId: id, reason: 'FRAUDULENT', amount: amountMinor } as const;
    disputes.push((await books.database.dispute.create({ data })).id);
  }
  return { hostId, guestId, payments, refunds, disputes, spends: [newId(), newId()], holds: [] };
};

/** One fact, as the code that hears of it books it. */
const book = async (tx: Transaction, scene: Scene, { kind, which, amount }: Step): Promise<unknown> => {
  const { hostId, guestId: userId } = scene;
  const payment = scene.payments[which];
  const disputeId = scene.disputes[which];
  const refundId = scene.refunds[which];
  const paymentId = scene.spends[which];
  const holdId = scene.holds[which];
  if (!payment || !disputeId || !refundId || !paymentId) throw new Error('the scene is not complete');
  const facts = { ...payment, paymentId: payment.id, hostId, currency, at };
  switch (kind) {
    case 'capture':
      return bookCapture(
        tx,
        { id: payment.id, userId, purpose: 'BOOKING', method: 'CARD', currency, hostId },
        { ...payment, platformDiscountMinor: payment.promoMinor, at },
      );
    case 'refund':
      return journalRefund(tx, { ...facts, refundId, to: 'PROVIDER' });
    case 'release':
      return journalRelease(tx, { hostId, currency, paymentId: payment.id, at });
    case 'dispute':
      return journalDisputeOpened(tx, { ...facts, disputeId });
    case 'won':
      return journalDisputeWon(tx, { ...facts, disputeId });
    case 'lost':
      return journalDisputeLost(tx, { ...facts, disputeId });
    case 'payout':
      return journalPayoutSubmitted(tx, { payoutId: newId(), attempt: 1, hostId, amountMinor: amount, currency, at });
    case 'reverse': {
      const original = await tx.transaction.findFirst({ where: { sourceId: payment.id, kind: 'CAPTURE' } });
      const undo = { journalId: original?.id ?? newId(), description: 'x', createdById: hostId, at };
      return reverseJournal(tx, undo);
    }
    case 'topUp':
      return journalTopUp(tx, { paymentId: newId(), userId, amountMinor: amount, currency, at });
    case 'spend':
      return spendFromWallet(tx, {
        paymentId,
        userId,
        hostId,
        amountMinor: amount,
        commissionMinor: 1n,
        taxMinor: 0n,
        currency,
        at,
      });
    case 'hold':
      return holdCredit(tx, { userId, currency, amountMinor: amount, expiresAt: at });
    case 'spend held':
      return spendHeld(tx, { holdId: holdId ?? newId(), hostId, at });
    case 'void':
      return voidHold(tx, holdId ?? newId());
  }
};

/** What may stand in the way of a step. Anything else fails the test. */
const isRefusal = (error: unknown): boolean =>
  error instanceof Crash ||
  /ledger_accounts_not_negative|not booked|no such journal|enough credit|No record was found|not set aside|P2025/.test(
    String((error as Error).message),
  );

const play = async (scene: Scene, steps: readonly Step[]): Promise<number> => {
  let done = 0;
  const workers = Array.from({ length: WORKERS }, async (_, worker) => {
    for (const step of steps.filter((each) => each.worker === worker)) {
      try {
        const outcome = await books.inTx((tx) => book(crashing(tx, step.crashBefore), scene, step));
        if (step.kind === 'hold') scene.holds[step.which] = outcome as string;
        done += 1;
      } catch (error) {
        if (!isRefusal(error)) throw error;
      }
    }
  });
  await Promise.all(workers);
  return done;
};

test('whatever is booked at once, and wherever a process dies, the books stay true', async () => {
  let booked = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { minLength: 20, maxLength: 60 }), async (steps) => {
      booked += await play(await openScene(), steps);
      await expectTrueBooks(books.sql);
      expect((await verifyBooks(books.database)).breaks).toEqual([]);
    }),
    { numRuns: RUNS },
  );
  // A test in which everything is refused shows nothing.
  expect(booked).toBeGreaterThan(RUNS * 4);
}, 120_000);

test('twenty repeats of one capture at once book it once, and all learn the same journal', async () => {
  const { hostId, payments } = await openScene();
  const [payment] = payments;
  if (!payment) throw new Error('the scene is not complete');
  const capture = { ...payment, paymentId: payment.id, hostId, currency, at };
  const repeats = Array.from({ length: 20 }, () => books.inTx((tx) => journalCapture(tx, capture)));
  const posted = await Promise.all(repeats);
  expect(posted.filter((each) => each.posted)).toHaveLength(1);
  expect(new Set(posted.map(({ journalId }) => journalId)).size).toBe(1);
});

test('what was posted cannot be changed or deleted', async () => {
  const change = (statement: string) =>
    books.sql.query(statement).then(
      () => 'changed',
      (error: Error) => error.message,
    );
  expect(await change('UPDATE ledger_entries SET amount = 1')).toMatch(/append-only/);
  expect(await change('DELETE FROM transactions')).toMatch(/append-only/);
  expect(await change('UPDATE ledger_accounts SET posted = posted + 1')).toMatch(/through its entries/);
});
