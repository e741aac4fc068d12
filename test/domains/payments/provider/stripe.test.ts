import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ProviderRefused } from '../../../../src/domains/payments/provider/failures.rules.ts';
import { providerOf } from '../../../../src/domains/payments/provider/providers.rules.ts';
import { type FakeStripe, stripeWebhook } from '../../../support/fake-stripe.ts';
import { book, pay } from '../support/bookings.ts';
import type { FlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { askBack } from '../support/refunds.ts';
import { openStripeWorld } from '../support/stripe-world.ts';
import { post } from '../support/webhooks.ts';

let world: FlowWorld;
let stripe: FakeStripe;

beforeAll(async () => {
  ({ world, stripe } = await openStripeWorld());
});

afterAll(async () => {
  await world?.close();
  await stripe?.close();
});

const provider = () => providerOf(world.providers, 'STRIPE');
const paymentOf = (id: string) => world.database.payment.findUniqueOrThrow({ where: { id } });
const refundOf = (id: string) => world.database.refund.findUniqueOrThrow({ where: { id } });
const intentOf = (paymentId: string) =>
  stripe.all('payment_intents').find(({ metadata }) => (metadata as { paymentId: string }).paymentId === paymentId);

/** A payment that Stripe has been told of. */
const submitted = async (): Promise<{ paymentId: string; intentId: string }> => {
  const { id: paymentId } = await pay(world, await book(world));
  await world.run('payment.submit', { paymentId });
  return { paymentId, intentId: intentOf(paymentId)?.id ?? '' };
};

/** A payment that Stripe has taken, and that we know of. */
const paid = async (): Promise<{ paymentId: string; intentId: string }> => {
  const told = await submitted();
  stripe.succeed(told.intentId);
  world.pass(180_000);
  await world.run('reconciliation.reconcile');
  return told;
};

describe('a payment by Stripe', () => {
  test('becomes an intent once, however often the job runs, and gives the client its secret', async () => {
    const { paymentId, intentId } = await submitted();
    await world.run('payment.submit', { paymentId });
    expect(stripe.all('payment_intents').filter(({ id }) => id === intentId)).toHaveLength(1);
    const payment = await paymentOf(paymentId);
    expect(payment).toMatchObject({ status: 'REQUIRES_ACTION', providerPaymentId: intentId });
    expect(payment.clientAction).toEqual({ kind: 'stripe', clientSecret: `${intentId}_secret` });
    expect(intentOf(paymentId)).toMatchObject({ amount: 10_000, currency: 'bdt' });
  });

  test('whose answer got lost is told again under the same key, and is one intent', async () => {
    const { id: paymentId } = await pay(world, await book(world));
    // The client tries a second time by itself.
    stripe.cutNext('POST /v1/payment_intents', 'after', 1);
    await world.run('payment.submit', { paymentId });
    expect(
      stripe
        .all('payment_intents')
        .filter(({ metadata }) => (metadata as { paymentId: string }).paymentId === paymentId),
    ).toHaveLength(1);
    expect((await paymentOf(paymentId)).status).toBe('REQUIRES_ACTION');
  });

  test('is captured with its fee when the webhook was lost', async () => {
    const { paymentId } = await paid();
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'COMPLETED', providerFeeAmount: 200n });
    const kinds = await world.database.transaction.findMany({ where: { sourceId: paymentId } });
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['CAPTURE', 'PROVIDER_FEE']);
    await expectTrueBooks(world.sql);
  });

  test('that was paid while we gave it up is booked and goes back', async () => {
    const { paymentId, intentId } = await submitted();
    stripe.succeed(intentId);
    await world.database.payment.update({ where: { id: paymentId }, data: { status: 'CANCELLED' } });
    await world.run('payment.cancelAtProvider', { paymentId });
    const refund = await world.database.refund.findFirstOrThrow({ where: { paymentId } });
    await world.run('refund.submit', { refundId: refund.id });
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'REFUNDED', refundedAmount: 10_000n });
    expect(stripe.all('refunds').filter(({ payment_intent }) => payment_intent === intentId)).toHaveLength(1);
  });

  test('that nobody pays is given up after a day, there too', async () => {
    const { paymentId, intentId } = await submitted();
    world.pass(25 * 3_600_000);
    await world.run('reconciliation.reconcile');
    await world.run('payment.cancelAtProvider', { paymentId });
    expect((await paymentOf(paymentId)).status).toBe('CANCELLED');
    expect(intentOf(paymentId)).toMatchObject({ id: intentId, status: 'canceled' });
  });
});

describe('a refund by Stripe', () => {
  test('that was not answered is UNKNOWN, found by asking, and made once', async () => {
    const { paymentId, intentId } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 4_000n);
    // Both tries of the client.
    stripe.cutNext('POST /v1/refunds', 'after', 2);
    await world.run('refund.submit', { refundId });
    expect((await refundOf(refundId)).status).toBe('UNKNOWN');
    const asked = stripe.calls.length;
    await world.run('refund.submit', { refundId });
    expect(stripe.calls.length).toBe(asked);
    world.pass(120_000);
    await world.run('reconciliation.reconcile');
    expect(await refundOf(refundId)).toMatchObject({ status: 'SETTLED', attempt: 1 });
    expect(stripe.all('refunds').filter(({ payment_intent }) => payment_intent === intentId)).toHaveLength(1);
  });

  test('that never arrived is asked for anew under another key, after its absence is proved', async () => {
    const { paymentId, intentId } = await paid();
    const { id: refundId } = await askBack(world, paymentId, 4_000n);
    stripe.cutNext('POST /v1/refunds', 'before', 2);
    await world.run('refund.submit', { refundId });
    expect(await refundOf(refundId)).toMatchObject({ status: 'UNKNOWN', attempt: 1 });
    world.pass(120_000);
    await world.run('reconciliation.reconcile');
    expect(await refundOf(refundId)).toMatchObject({ status: 'REQUESTED', attempt: 2 });
    await world.run('refund.submit', { refundId });
    expect(await refundOf(refundId)).toMatchObject({ status: 'SETTLED', attempt: 2 });
    expect(stripe.all('refunds').filter(({ payment_intent }) => payment_intent === intentId)).toHaveLength(1);
  });

  test('that Stripe refuses, having sent most of it already, is asked for as far as something is left', async () => {
    const { paymentId, intentId } = await paid();
    await provider().refund({
      refundId: '01900000-0000-7000-8000-000000000001',
      attempt: 1,
      paymentRef: intentId,
      capturedMinor: 10_000n,
      amountMinor: 8_000n,
      currency: 'BDT',
    });
    const { id: refundId } = await askBack(world, paymentId, 4_000n);
    await world.run('refund.submit', { refundId });
    const refunds = await world.database.refund.findMany({ where: { paymentId }, orderBy: { id: 'asc' } });
    expect(refunds.map(({ status, amount, reason }) => [status, amount, reason])).toEqual([
      ['FAILED', 4_000n, 'BY_ATTENDEE'],
      ['SETTLED', 8_000n, 'EXTERNAL'],
      ['REQUESTED', 2_000n, 'BY_ATTENDEE'],
    ]);
    await world.run('refund.submit', { refundId: refunds[2]?.id });
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'REFUNDED', refundedAmount: 10_000n });
    await expectTrueBooks(world.sql);
  });
});

describe('a webhook of Stripe', () => {
  test('is read by its own signature, to the byte', async () => {
    await world.serve();
    const workers = await world.work();
    const { paymentId, intentId } = await submitted();
    const webhook = stripeWebhook('payment_intent.succeeded', stripe.succeed(intentId));
    const forged = { ...webhook, body: webhook.body.replace(intentId, 'pi_other') };
    expect((await post(world.url, forged, 'stripe')).status).toBe(401);
    const old = stripeWebhook('payment_intent.succeeded', {}, { at: new Date(Date.now() - 400_000) });
    expect((await post(world.url, old, 'stripe')).status).toBe(401);
    expect(await post(world.url, webhook, 'stripe')).toMatchObject({ status: 200, body: { status: 'PROCESSED' } });
    expect((await paymentOf(paymentId)).status).toBe('COMPLETED');
    await workers.stop();
  });
});

describe('what Stripe is asked for', () => {
  test('a transfer is made once under its key, and found by it', async () => {
    const order = { key: 'payout:1', destination: 'acct_1', amountMinor: 500n, currency: 'BDT' };
    const first = await provider().transfer(order);
    expect(await provider().transfer(order)).toEqual(first);
    expect(await provider().findTransfer('payout:1')).toEqual(first);
    expect(await provider().findTransfer('payout:2')).toBeNull();
  });

  test('amounts are in Stripe’s own units', async () => {
    const order = { method: 'CARD', paymentId: '01900000-0000-7000-8000-000000000009' } as const;
    const { message } = await provider().createPayment({ ...order, amountMinor: 12n, currency: 'ISK' });
    expect(stripe.all('payment_intents').at(-1)).toMatchObject({ amount: 1_200, currency: 'isk' });
    expect(message).toMatchObject({ amountMinor: 12, currency: 'ISK' });
    const dinars = { ...order, amountMinor: 1_005n, currency: 'KWD' };
    await expect(provider().createPayment(dinars)).rejects.toThrow(ProviderRefused);
  });
});
