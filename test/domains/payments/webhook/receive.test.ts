import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../../support/until.ts';
import { type Booked, book, pay } from '../support/bookings.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { post, signed } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
  await world.serve();
  await world.work();
});

afterAll(() => world?.close());

const started = async (): Promise<Booked & { paymentId: string; ref: string }> => {
  const booked = await book(world);
  const payment = await pay(world, booked);
  return { ...booked, paymentId: payment.id, ref: payment.providerRef ?? '' };
};

const captured = (ref: string, amountMinor = 10_000) => ({
  type: 'payment.captured',
  data: { providerRef: ref, amountMinor, currency: 'BDT' },
});

const paymentOf = (id: string) => world.database.payment.findUniqueOrThrow({ where: { id } });
const journalsOf = (sourceId: string) => world.database.transaction.findMany({ where: { sourceId } });
const stored = () => world.database.paymentWebhookEvent.count();

describe('a webhook over HTTP', () => {
  test('captures the payment, books it and tells it, in one go', async () => {
    const { paymentId, ref, bookingId } = await started();
    const answer = await post(world.url, signed(captured(ref)));
    expect(answer).toEqual({ status: 200, body: { status: 'PROCESSED', duplicate: false } });
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'COMPLETED', capturedAmount: 10_000n });
    expect((await journalsOf(paymentId)).map(({ kind }) => kind)).toEqual(['CAPTURE']);
    const facts = await world.database.outboxEvent.findMany({ where: { name: 'payment.captured' } });
    expect(facts.map(({ payload }) => payload)).toContainEqual(expect.objectContaining({ paymentId, bookingId }));
  });

  test('counts once, however often it comes at once', async () => {
    const { paymentId, ref } = await started();
    const webhook = signed({ ...captured(ref), id: `msg_${paymentId}` });
    const answers = await Promise.all(Array.from({ length: 8 }, () => post(world.url, webhook)));
    expect(answers.filter(({ body }) => body.duplicate === false)).toHaveLength(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    expect(await journalsOf(paymentId)).toHaveLength(1);
  });

  test.each([
    ['another secret', signed(captured('sbx_0'), { secret: 'whsec_b3RoZXIgc2VjcmV0IG9mIHNvbWVib2R5' })],
    ['an old timestamp', signed(captured('sbx_0'), { at: new Date(Date.now() - 400_000) })],
    ['a timestamp from the future', signed(captured('sbx_0'), { at: new Date(Date.now() + 400_000) })],
    ['a changed body', { ...signed(captured('sbx_0')), body: JSON.stringify(captured('sbx_1')) }],
    ['no signature', { ...signed(captured('sbx_0')), headers: {} }],
    ['an unsigned timestamp', withHeader('webhook-timestamp', 'soon')],
    ['a signature of another version', withHeader('webhook-signature', 'v2,AAAA')],
  ])('with %s is refused and leaves no trace', async (_name, webhook) => {
    const before = await stored();
    const answer = await post(world.url, webhook);
    expect(answer).toMatchObject({ status: 401, body: { code: 'UNAUTHENTICATED', retryable: false } });
    expect(String(answer.body.detail)).toMatch(/^webhook-/);
    expect(await stored()).toBe(before);
  });

  test('that is authentic and makes no sense names the field', async () => {
    const answer = await post(
      world.url,
      signed({ type: 'payment.captured', data: { providerRef: 'x', currency: 'BDT' } }),
    );
    expect(answer).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
    expect(String(answer.body.detail)).toContain('data.amountMinor');
  });

  test('is not taken from a provider that takes no payments here', async () => {
    expect((await post(world.url, signed(captured('sbx_0')), 'stripe')).status).toBe(404);
    expect((await post(world.url, signed(captured('sbx_0')), 'paypal')).status).toBe(400);
  });

  test('about something unknown is kept, and takes effect when it is known', async () => {
    const booked = await book(world);
    const answer = await post(world.url, signed(captured('sbx_of_another_world')));
    expect(answer.body).toEqual({ status: 'RECEIVED', duplicate: false });
    const payment = await pay(world, booked);
    await world.database.payment.update({
      where: { id: payment.id },
      data: { providerPaymentId: 'sbx_of_another_world' },
    });
    world.pass(120_000);
    await world.run('reconciliation.reconcile');
    expect(await paymentOf(payment.id)).toMatchObject({ status: 'COMPLETED' });
  });

  test.each([
    ['amount', { amountMinor: 9_999, currency: 'BDT' }, 'AMOUNT_DIFFERS'],
    ['currency', { amountMinor: 10_000, currency: 'USD' }, 'CURRENCY_DIFFERS'],
  ])('with another %s is put aside, and nothing is booked', async (_field, wrong, kind) => {
    const { paymentId, ref } = await started();
    const answer = await post(world.url, signed({ type: 'payment.captured', data: { providerRef: ref, ...wrong } }));
    expect(answer.body.status).toBe('QUARANTINED');
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'QUARANTINED', capturedAmount: 0n });
    expect(await journalsOf(paymentId)).toEqual([]);
    const breaks = await world.database.reconciliationBreak.findMany({ where: { paymentId } });
    expect(breaks).toMatchObject([{ kind, status: 'OPEN', reference: ref, expectedAmount: 10_000n }]);
  });

  test('that captures what was given up is booked and sent back', async () => {
    const { paymentId, ref, bookingId } = await started();
    await world.database.payment.update({ where: { id: paymentId }, data: { status: 'CANCELLED' } });
    await post(world.url, signed(captured(ref)));
    const refund = await until(() => world.database.refund.findFirst({ where: { paymentId, status: 'SETTLED' } }));
    expect(refund).toMatchObject({ amount: 10_000n, reason: 'LATE_PAYMENT', bookingId });
    expect(await paymentOf(paymentId)).toMatchObject({ status: 'REFUNDED', refundedAmount: 10_000n });
    const told = await world.database.outboxEvent.findMany({ where: { name: 'payment.captured' } });
    expect(told.map(({ payload }) => payload)).not.toContainEqual(expect.objectContaining({ paymentId }));
  });
});

function withHeader(name: string, value: string): { headers: Record<string, string>; body: string } {
  const webhook = signed(captured('sbx_0'));
  return { ...webhook, headers: { ...webhook.headers, [name]: value } };
}
