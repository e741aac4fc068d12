import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { book, pay, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import type { FlowWorld } from '../support/flow-world.ts';
import { askBack } from '../support/refunds.ts';
import { openStripeWorld } from '../support/stripe-world.ts';

let opened: Awaited<ReturnType<typeof openStripeWorld>>;
let world: FlowWorld;

beforeAll(async () => {
  opened = await openStripeWorld();
  ({ world } = opened);
});

afterAll(async () => {
  await world?.close();
  await opened?.stripe.close();
});

/** Payments taken now, by Stripe's clock as by ours. */
const paid = async (): Promise<{ paymentId: string; intentId: string }> => {
  const { id: paymentId } = await pay(world, await book(world));
  await world.run('payment.submit', { paymentId });
  const payment = await world.database.payment.findUniqueOrThrow({ where: { id: paymentId } });
  const intentId = payment.providerPaymentId ?? '';
  opened.stripe.succeed(intentId);
  await world.database.payment.update({ where: { id: paymentId }, data: { updatedAt: new Date(0) } });
  await world.run('reconciliation.reconcile');
  return { paymentId, intentId };
};

/** What came in and went out by all of Stripe's own report, in minor units; its fees are not taken out. */
const reportedByStripe = (): bigint =>
  opened.stripe.all('balance_transactions').reduce((sum, { amount }) => sum + BigInt(Number(amount)), 0n);

/** The same by the ledger: what lies with the provider is an asset, and so negative. */
const clearedInOurBooks = async (): Promise<bigint> => {
  const [row] = await world.database.$queryRaw<{ moved: bigint }[]>`
    SELECT coalesce(-sum(entry.amount), 0)::bigint AS moved FROM ledger_entries AS entry
    JOIN ledger_accounts AS account ON account.id = entry.account_id AND account.kind = 'PSP_CLEARING'
    JOIN transactions AS journal ON journal.id = entry.journal_id AND journal.kind <> 'PROVIDER_FEE'`;
  return row?.moved ?? 0n;
};

test('a day’s report and the books: every difference is one open row, which staff can close once (L10)', async () => {
  const same = await paid();
  const { id: refundId } = await askBack(world, same.paymentId, 1_000n);
  await world.run('refund.submit', { refundId });
  const differing = await paid();
  await world.database.payment.update({
    where: { id: differing.paymentId },
    data: { providerPaymentId: 'pi_that_stripe_never_had' },
  });
  world.pass(24 * 3_600_000);
  await world.run('reconciliation.compareDay');
  await world.run('reconciliation.compareDay');
  const rows = await world.database.reconciliationBreak.findMany();
  expect(rows.map(({ kind, reference }) => `${kind} ${reference}`).sort()).toEqual([
    `MISSING_HERE ${differing.intentId}`,
    'MISSING_THERE pi_that_stripe_never_had',
  ]);
  const explained = rows.reduce((sum, row) => sum + (row.reportedAmount ?? 0n) - (row.expectedAmount ?? 0n), 0n);
  expect(reportedByStripe()).toBe((await clearedInOurBooks()) + explained);

  const staff = { userId: await somebody(world), role: 'ADMIN' };
  const breakId = rows[0]?.id ?? '';
  const resolve = () => callAs(world, staff, 'reconciliation.resolve', { breakId, note: 'Another account.' });
  expect(await resolve()).toMatchObject({ status: 'EXPLAINED', note: 'Another account.' });
  await expect(resolve()).rejects.toMatchObject({ code: 'CONFLICT' });
  const unknown = { breakId: rows[1]?.id, note: 'Corrected.', journalId: newId() };
  await expect(callAs(world, staff, 'reconciliation.resolve', unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const open = await callAs(world, staff, 'reconciliation.list', {});
  expect(open).toMatchObject({ items: [{ id: rows[1]?.id }], nextCursor: null });
});
