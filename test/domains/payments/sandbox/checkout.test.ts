import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createSandboxStore, type SandboxStore } from '../../../../src/domains/payments/sandbox/sandbox.store.ts';
import { until } from '../../../support/until.ts';
import { type Booked, book, pay } from '../support/bookings.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';

let world: FlowWorld;
let store: SandboxStore;
const calm = { delayMs: 0, shuffleMs: 0, copies: 1, losePercent: 0, silentPercent: 0, feeBasisPoints: 0 };

beforeAll(async () => {
  world = await openFlowWorld();
  await world.serve();
  await world.work();
  store = createSandboxStore(world.platform.redis.jobs);
});

afterEach(async () => {
  await store.setSwitches(calm);
});

afterAll(() => world?.close());

interface Checkout extends Booked {
  paymentId: string;
  ref: string;
  /** The page the payer is sent to. */
  page: string;
}

const started = async (): Promise<Checkout> => {
  const booked = await book(world);
  const { id, providerRef, clientAction } = await pay(world, booked);
  if (clientAction?.kind !== 'redirect') throw new Error('the payer is not sent anywhere');
  return { ...booked, paymentId: id, ref: providerRef ?? '', page: clientAction.url };
};

const decide = async (url: string, body?: object) => {
  const answer = await fetch(url, {
    method: 'POST',
    ...(body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {}),
  });
  // Safe: every answer under /v1 but the page is a JSON object.
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};

const untilStatus = (id: string, status: string) =>
  until(async () => ((await world.database.payment.findUnique({ where: { id } }))?.status === status ? true : null), {
    what: `payment ${status}`,
  });

describe('a payer in the sandbox', () => {
  test('is shown the way back, where one was given', async () => {
    const { paymentId, page } = await started();
    expect(await (await fetch(page)).text()).not.toContain('<a ');
    const returnUrl = 'https://rally.example/app/done?a="b"&bookingId=1';
    await world.database.payment.update({ where: { id: paymentId }, data: { returnUrl } });
    expect(await (await fetch(page)).text()).toContain(
      '<a href="https://rally.example/app/done?a=&#34;b&#34;&#38;bookingId=1">',
    );
  });

  test('is sent to a page that needs nothing from elsewhere', async () => {
    const { page, ref } = await started();
    const answer = await fetch(page);
    const html = await answer.text();
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toContain(ref);
    expect(html).toContain('100.00');
    expect(html).not.toMatch(/(?:src|href)\s*=/);
  });

  test('approves, and the webhook captures the payment with its fee', async () => {
    await store.setSwitches({ ...calm, feeBasisPoints: 250 });
    const { page, paymentId } = await started();
    await fetch(page);
    expect(await decide(`${page}/approve`)).toMatchObject({ status: 200, body: { status: 'CAPTURED' } });
    await untilStatus(paymentId, 'COMPLETED');
    expect(await world.database.payment.findUnique({ where: { id: paymentId } })).toMatchObject({
      providerFeeAmount: 250n,
    });
    expect((await decide(`${page}/approve`)).body).toMatchObject({ code: 'CONFLICT' });
    await expectTrueBooks(world.sql);
  });

  test('declines, hears why, and pays with a second attempt; the first is worth nothing any more', async () => {
    const first = await started();
    await fetch(first.page);
    await decide(`${first.page}/decline`, { code: 'INSUFFICIENT_FUNDS' });
    await untilStatus(first.paymentId, 'FAILED');
    const second = await pay(world, first);
    expect(second.id).not.toBe(first.paymentId);
    await untilStatus(first.paymentId, 'CANCELLED');
    const page = second.clientAction?.kind === 'redirect' ? second.clientAction.url : '';
    await fetch(page);
    await decide(`${page}/approve`);
    await untilStatus(second.id, 'COMPLETED');
    await until(async () => ((await store.payment(first.ref))?.status === 'CANCELLED' ? true : null));
    expect((await decide(`${first.page}/approve`)).status).toBe(409);
  });

  test('who pays twice at the same time has one payment open', async () => {
    const booked = await book(world);
    const payments = await Promise.all(Array.from({ length: 10 }, () => pay(world, booked)));
    expect(new Set(payments.map(({ id }) => id)).size).toBe(1);
  });

  test('cannot pay again what is paid', async () => {
    const { page, paymentId, ...booked } = await started();
    await fetch(page);
    await decide(`${page}/approve`);
    await untilStatus(paymentId, 'COMPLETED');
    await expect(pay(world, booked)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  test('disputes, and the money is set aside until the bank decides', async () => {
    const { page, paymentId } = await started();
    await fetch(page);
    await decide(`${page}/approve`);
    await untilStatus(paymentId, 'COMPLETED');
    expect((await decide(`${page}/dispute`, { amountMinor: 4_000 })).status).toBe(200);
    await untilStatus(paymentId, 'DISPUTED');
    await decide(`${page}/dispute/settle`, { outcome: 'LOST' });
    await untilStatus(paymentId, 'DISPUTE_LOST');
    await expectTrueBooks(world.sql);
  });
});

describe('webhooks that go wrong on purpose', () => {
  test('doubled, late and shuffled ones come to the same', async () => {
    await store.setSwitches({ ...calm, copies: 3, shuffleMs: 400, delayMs: 50 });
    const { page, paymentId } = await started();
    await fetch(page);
    await decide(`${page}/approve`);
    await decide(`${page}/refund`, { amountMinor: 2_500 });
    await untilStatus(paymentId, 'PARTIALLY_REFUNDED');
    const payment = await world.database.payment.findUnique({ where: { id: paymentId } });
    expect(payment).toMatchObject({ capturedAmount: 10_000n, refundedAmount: 2_500n });
    await expectTrueBooks(world.sql);
  });

  test('lost ones are found by asking, within minutes', async () => {
    await store.setSwitches({ ...calm, losePercent: 100 });
    const { page, paymentId } = await started();
    await fetch(page);
    await decide(`${page}/approve`);
    await untilStatus(paymentId, 'REQUIRES_ACTION');
    world.pass(180_000);
    await world.run('reconciliation.reconcile');
    await untilStatus(paymentId, 'COMPLETED');
  });
});

test('a decision that comes before the sandbox was told waits for it, and can be tried again', async () => {
  const untold = await openFlowWorld();
  try {
    await untold.serve();
    const { id: paymentId, providerRef: ref } = await pay(untold, await book(untold));
    const approve = (name: string | null) => decide(`${untold.url}/v1/sandbox/payments/${name}/approve`);
    // Nobody tells the sandbox: there is no worker.
    const early = await approve(ref);
    expect(early).toMatchObject({ status: 503, body: { code: 'OVERLOADED', retryable: true } });
    expect(await approve(`sbx_${'0'.repeat(32)}`)).toMatchObject({ status: 404, body: { retryable: false } });
    const waiting = approve(ref);
    await untold.run('payment.submit', { paymentId });
    expect(await waiting).toMatchObject({ status: 200 });
  } finally {
    await untold.close();
  }
});
