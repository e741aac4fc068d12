import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { book, pay, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { take } from '../support/webhooks.ts';

const MINUTE_MS = 60_000;
const CALM = { delayMs: 0, shuffleMs: 0, copies: 1, losePercent: 0, silentPercent: 0, feeBasisPoints: 0 };

let world: FlowWorld;
/** A guest of its own for every test. */
let userId: string;

beforeAll(async () => {
  world = await openFlowWorld();
});
afterAll(() => world?.close());
afterEach(async () => {
  await expectTrueBooks(world.sql);
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
});

/** Tops up through the sandbox. @returns the payments' names at the provider, in their order */
const topUp = async (...amounts: number[]): Promise<string[]> => {
  userId = await somebody(world);
  const refs: string[] = [];
  for (const amountMinor of amounts) {
    const asked = await callAs(world, { userId }, 'wallet.topUp', { amountMinor, currency: 'BDT' });
    // Safe: what a top-up answers.
    const { id: paymentId, providerRef } = asked as { id: string; providerRef: string };
    await world.run('payment.submit', { paymentId });
    await callAs(world, { userId }, 'sandbox.approve', { ref: providerRef });
    await take(world, { type: 'payment.captured', data: { providerRef, amountMinor, currency: 'BDT' } });
    refs.push(providerRef);
  }
  return refs;
};

interface Withdrawn {
  wallet: { balance: object; held: object; spendable: object };
  refunds: { id: string; paymentId: string; status: string; amount: { amountMinor: number } }[];
}

const withdraw = async (amountMinor: number): Promise<Withdrawn> =>
  // Safe: what a withdrawal answers.
  (await callAs(world, { userId }, 'wallet.withdraw', { amountMinor, currency: 'BDT' })) as Withdrawn;

const wallet = async () => {
  const { wallets } = (await callAs(world, { userId }, 'wallet.get', {})) as { wallets: Withdrawn['wallet'][] };
  return wallets[0];
};

const money = (amountMinor: number) => ({ amountMinor, currency: 'BDT' });
const refundOf = (id: string) => world.database.refund.findUniqueOrThrow({ where: { id } });

const switches = async (changed: object): Promise<void> => {
  const staff = { userId: await somebody(world), role: 'ADMIN' };
  await callAs(world, staff, 'sandbox.configure', { ...CALM, ...changed });
};

describe('a withdrawal', () => {
  test('goes back as refunds of the latest top-ups, and cannot be spent meanwhile', async () => {
    await topUp(3_000, 5_000, 2_000);
    const { refunds, wallet: after } = await withdraw(6_000);
    expect(refunds.map(({ amount }) => amount.amountMinor)).toEqual([2_000, 4_000]);
    expect(after).toMatchObject({ balance: money(10_000), held: money(6_000), spendable: money(4_000) });
    const booked = { ...(await book(world, 4_001n)), userId };
    await expect(pay(world, booked, 'WALLET')).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(withdraw(4_001)).rejects.toThrow(/^amountMinor: of this wallet 4000 BDT/);
    for (const { id } of refunds) await world.run('refund.submit', { refundId: id });
    world.pass(2 * MINUTE_MS);
    await world.run('reconciliation.reconcile');
    for (const { id } of refunds) expect(await refundOf(id)).toMatchObject({ status: 'SETTLED', attempt: 1 });
    expect(await wallet()).toMatchObject({ balance: money(4_000), held: money(0), spendable: money(4_000) });
    expect((await withdraw(4_000)).refunds.map(({ amount }) => amount.amountMinor)).toEqual([1_000, 3_000]);
  });

  test('gives nothing back of what was spent, and nothing to whom no wallet is', async () => {
    await topUp(5_000);
    await pay(world, { ...(await book(world, 1_000n)), userId }, 'WALLET');
    await expect(withdraw(4_001)).rejects.toMatchObject({ code: 'CONFLICT' });
    const stranger = { userId: await somebody(world) };
    await expect(callAs(world, stranger, 'wallet.withdraw', { amountMinor: 1, currency: 'BDT' })).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
    await withdraw(4_000);
    expect(await world.database.refund.count({ where: { payment: { userId } } })).toBe(1);
  });

  test('of a top-up that its payer disputes is refused, and changes nothing', async () => {
    const [ref] = await topUp(5_000);
    // The payer's bank is asked for it already: it cannot go back twice.
    const dispute = { providerRef: ref, disputeRef: `d_${ref}`, amountMinor: 2_000, currency: 'BDT' };
    await take(world, { type: 'dispute.opened', data: dispute });
    await expect(withdraw(3_000)).rejects.toThrow(/^amountMinor: of the latest top-ups 0 BDT/);
    expect(await wallet()).toMatchObject({ balance: money(3_000), held: money(0) });
    expect(await world.database.refund.count({ where: { payment: { userId } } })).toBe(0);
  });

  test('that the provider refuses is credit again', async () => {
    const [ref = ''] = await topUp(5_000);
    const { refunds } = await withdraw(4_000);
    // Somebody was faster in the provider's own dashboard.
    await callAs(world, { userId }, 'sandbox.refund', { ref, amountMinor: 3_000 });
    const refundId = refunds[0]?.id ?? '';
    await world.run('refund.submit', { refundId });
    expect(await refundOf(refundId)).toMatchObject({ status: 'FAILED' });
    // What was sent instead is taken in at once; the rest of the credit is free, and not asked for again.
    expect(await wallet()).toMatchObject({ balance: money(2_000), held: money(0), spendable: money(2_000) });
    await withdraw(2_000);
  });

  test('that the provider does not answer stays held, is asked about, and goes out once', async () => {
    await topUp(5_000);
    const { refunds } = await withdraw(5_000);
    const refundId = refunds[0]?.id ?? '';
    await switches({ silentPercent: 100 });
    await world.run('refund.submit', { refundId });
    await switches({});
    expect(await refundOf(refundId)).toMatchObject({ status: 'UNKNOWN' });
    await expect(withdraw(1)).rejects.toMatchObject({ code: 'CONFLICT' });
    world.pass(2 * MINUTE_MS);
    await world.run('reconciliation.reconcile');
    await world.run('refund.submit', { refundId });
    expect(await refundOf(refundId)).toMatchObject({ status: 'SETTLED', attempt: 1 });
    expect(await wallet()).toMatchObject({ balance: money(0), held: money(0) });
  });

  test('that settles after it was refused, and was spent meanwhile, is ours to look into', async () => {
    const [ref = ''] = await topUp(5_000);
    const { refunds } = await withdraw(5_000);
    const refundId = refunds[0]?.id ?? '';
    const asked = { providerRef: ref, refundId, amountMinor: 5_000, currency: 'BDT' };
    // Refused without a name: the provider has made none yet. Of one that it named, that it failed is the last word.
    await take(world, { type: 'refund.failed', data: asked });
    const said = { ...asked, refundRef: `r_${ref}` };
    await pay(world, { ...(await book(world, 4_000n)), userId }, 'WALLET');
    await take(world, { type: 'refund.settled', data: said });
    expect(await refundOf(refundId)).toMatchObject({ status: 'SETTLED' });
    expect(await wallet()).toMatchObject({ balance: money(0), held: money(0) });
    const suspense = await world.database.ledgerAccount.findFirst({ where: { kind: 'SUSPENSE', currencyCode: 'BDT' } });
    expect(suspense?.posted).toBe(-4_000n);
  });

  test('is what becomes of money that comes after its top-up was given up', async () => {
    userId = await somebody(world);
    const asked = await callAs(world, { userId }, 'wallet.topUp', { amountMinor: 5_000, currency: 'BDT' });
    // Safe: what a top-up answers.
    const { id: paymentId, providerRef } = asked as { id: string; providerRef: string };
    await callAs(world, { userId }, 'payment.cancel', { paymentId });
    await take(world, { type: 'payment.captured', data: { providerRef, amountMinor: 5_000, currency: 'BDT' } });
    expect(await wallet()).toMatchObject({ balance: money(5_000), held: money(5_000), spendable: money(0) });
    const refund = await world.database.refund.findFirstOrThrow({ where: { paymentId } });
    await world.run('refund.submit', { refundId: refund.id });
    const said = { providerRef, refundId: refund.id, amountMinor: 5_000, currency: 'BDT' };
    await take(world, { type: 'refund.settled', data: said });
    expect(await wallet()).toMatchObject({ balance: money(0), held: money(0) });
  });

  test('from a frozen wallet is refused', async () => {
    await topUp(5_000);
    await world.database.wallet.updateMany({ where: { userId }, data: { status: 'FROZEN' } });
    await expect(withdraw(1)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

test('the comparison with the provider’s day knows what was withdrawn', async () => {
  await world.database.reconciliationBreak.deleteMany();
  const refs = await topUp(5_000, 1_000);
  const { refunds } = await withdraw(6_000);
  for (const { id } of refunds) await world.run('refund.submit', { refundId: id });
  world.pass(2 * MINUTE_MS);
  await world.run('reconciliation.reconcile');
  world.pass(24 * 60 * MINUTE_MS);
  await world.run('reconciliation.compareDay');
  const settled = await world.database.refund.findMany({ where: { id: { in: refunds.map(({ id }) => id) } } });
  const own = [...refs, ...settled.map(({ providerRefundId }) => providerRefundId ?? '')];
  expect(settled.map(({ status }) => status)).toEqual(['SETTLED', 'SETTLED']);
  expect(await world.database.reconciliationBreak.count({ where: { reference: { in: own } } })).toBe(0);
});
