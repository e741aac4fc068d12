import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROGRAM } from '../../../support/cluster.ts';
import type { FakeStripe } from '../../../support/fake-stripe.ts';
import { SHORT_LIVED } from '../../../support/short-lived.ts';
import { until } from '../../../support/until.ts';
import { book, pay } from '../support/bookings.ts';
import type { FlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { askBack } from '../support/refunds.ts';
import { openStripeWorld } from '../support/stripe-world.ts';

let world: FlowWorld;
let stripe: FakeStripe;
const children: ChildProcess[] = [];

beforeAll(async () => {
  ({ world, stripe } = await openStripeWorld());
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await world?.close();
  await stripe?.close();
});

/** A worker in a process of its own. */
const startWorker = async (): Promise<ChildProcess> => {
  const child = fork(PROGRAM, [], {
    env: { ...process.env, ...world.environment, NODE_ENV: 'test', LOG_LEVEL: 'silent', ROLES: 'worker' },
    execArgv: SHORT_LIVED,
  });
  children.push(child);
  await once(child, 'message');
  return child;
};

/** Lets the provider do what it was asked for, and kills the worker before it can hear of it. */
const killInCall = async (worker: ChildProcess, line: string, start: () => Promise<unknown>): Promise<void> => {
  const come = stripe.holdNext(line);
  await start();
  const release = await come;
  worker.kill('SIGKILL');
  await once(worker, 'exit');
  release();
};

test('a worker killed between the provider’s answer and its commit leaves one payment, one refund and true books', async () => {
  const first = await startWorker();
  const booked = await book(world);
  let paymentId = '';
  await killInCall(first, 'POST /v1/payment_intents', async () => {
    ({ id: paymentId } = await pay(world, booked));
  });
  const paymentOf = () => world.database.payment.findUniqueOrThrow({ where: { id: paymentId } });
  expect((await paymentOf()).status).toBe('PENDING');

  const second = await startWorker();
  const payment = await until(
    async () => {
      const row = await paymentOf();
      return row.status === 'REQUIRES_ACTION' ? row : null;
    },
    { withinMs: 60_000 },
  );
  expect(stripe.all('payment_intents')).toHaveLength(1);
  expect(stripe.calls.filter((line) => line === 'POST /v1/payment_intents').length).toBeGreaterThan(1);

  stripe.succeed(payment.providerPaymentId ?? '');
  world.pass(180_000);
  await world.run('reconciliation.reconcile');
  let refundId = '';
  await killInCall(second, 'POST /v1/refunds', async () => {
    ({ id: refundId } = await askBack(world, paymentId, 10_000n));
  });
  const refundOf = () => world.database.refund.findUniqueOrThrow({ where: { id: refundId } });
  expect((await refundOf()).status).toBe('REQUESTED');

  await startWorker();
  await until(async () => (await refundOf()).status === 'SETTLED', { withinMs: 60_000 });
  expect(stripe.all('refunds')).toHaveLength(1);
  expect(await paymentOf()).toMatchObject({ status: 'REFUNDED', capturedAmount: 10_000n, refundedAmount: 10_000n });
  await expectTrueBooks(world.sql);
}, 180_000);
