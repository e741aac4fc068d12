import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { walletDebtOf } from '../../../../src/domains/payments/ledger/wallet-debt.reads.ts';
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

interface Guest {
  userId: string;
  credit: () => Promise<number>;
  owes: () => Promise<bigint>;
  topUp: (amountMinor: number) => Promise<string>;
  spend: (amountMinor: bigint) => Promise<Booked & { paymentId: string }>;
  /** The seller gives some of it back. */
  giveBack: (paymentId: string, amountMinor: bigint) => Promise<void>;
  dispute: (ref: string, amountMinor: number, how: string) => Promise<unknown>;
}

const guest = async (): Promise<Guest> => {
  const userId = await somebody(world);
  return {
    userId,
    credit: async () => {
      const where = { kind: 'ATTENDEE_WALLET', ownerId: userId } as const;
      return Number((await world.database.ledgerAccount.findFirst({ where }))?.posted ?? 0n);
    },
    owes: () => walletDebtOf(world.database, { userId, currency: 'BDT' }),
    topUp: async (amountMinor) => {
      const asked = await callAs(world, { userId }, 'wallet.topUp', { amountMinor, currency: 'BDT' });
      // Safe: what a top-up answers.
      const { providerRef } = asked as { providerRef: string };
      await take(world, { type: 'payment.captured', data: { providerRef, amountMinor, currency: 'BDT' } });
      return providerRef;
    },
    spend: async (amountMinor) => {
      const booked = { ...(await book(world, amountMinor)), userId };
      return { ...booked, paymentId: (await pay(world, booked, 'WALLET')).id };
    },
    giveBack: async (paymentId, amountMinor) => {
      const { id: refundId } = await askBack(world, paymentId, amountMinor);
      await world.run('refund.submit', { refundId });
    },
    dispute: (ref, amountMinor, how) =>
      take(world, {
        type: `dispute.${how}`,
        data: { providerRef: ref, disputeRef: `d_${ref}`, amountMinor, currency: 'BDT', reason: 'FRAUDULENT' },
      }),
  };
};

const expectTrue = async (): Promise<void> => {
  await expectTrueBooks(world.sql);
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
};

test('credit that comes back first covers what a lost top-up had paid for', async () => {
  const { credit, owes, topUp, spend, giveBack, dispute } = await guest();
  const ref = await topUp(1_000);
  const { paymentId } = await spend(900n);
  await dispute(ref, 1_000, 'opened');
  await dispute(ref, 1_000, 'lost');
  expect([await credit(), await owes()]).toEqual([0, 900n]);
  await giveBack(paymentId, 400n);
  expect([await credit(), await owes()]).toEqual([0, 500n]);
  await giveBack(paymentId, 500n);
  expect([await credit(), await owes()]).toEqual([0, 0n]);
  // What is paid in anew is theirs.
  await topUp(300);
  const second = await spend(300n);
  await giveBack(second.paymentId, 300n);
  expect([await credit(), await owes()]).toEqual([300, 0n]);
  await expectTrue();
});

test('what was covered while a bank decided is credit again when the bank decides for us', async () => {
  const { credit, owes, topUp, spend, giveBack, dispute } = await guest();
  const ref = await topUp(1_000);
  const { paymentId } = await spend(700n);
  await dispute(ref, 1_000, 'opened');
  await giveBack(paymentId, 500n);
  expect([await credit(), await owes()]).toEqual([0, 200n]);
  await dispute(ref, 1_000, 'won');
  expect([await credit(), await owes()]).toEqual([800, 0n]);
  await expectTrue();
});

test('a top-up that its provider sent back unasked is covered too, and nobody else’s credit is touched', async () => {
  const one = await guest();
  const other = await guest();
  const ref = await one.topUp(1_000);
  await other.topUp(1_000);
  const [mine, theirs] = [await one.spend(1_000n), await other.spend(1_000n)];
  const data = { providerRef: ref, amountMinor: 600, currency: 'BDT', refundRef: `e_${ref}` };
  await take(world, { type: 'refund.settled', data });
  await one.giveBack(mine.paymentId, 1_000n);
  await other.giveBack(theirs.paymentId, 1_000n);
  expect([await one.credit(), await one.owes(), await other.credit()]).toEqual([400, 0n, 1_000]);
  await expectTrue();
});
