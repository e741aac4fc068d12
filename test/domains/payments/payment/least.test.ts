import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPayment } from '../../../../src/domains/payments/capture/start.writes.ts';
import type { PaymentMethod } from '../../../../src/generated/prisma/enums.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import type { FakeStripe } from '../../../support/fake-stripe.ts';
import { book, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { openStripeWorld } from '../support/stripe-world.ts';

let atStripe: FlowWorld;
let stripe: FakeStripe;
let atSandbox: FlowWorld;

beforeAll(async () => {
  ({ world: atStripe, stripe } = await openStripeWorld());
  atSandbox = await openFlowWorld();
});
afterAll(async () => {
  await Promise.all([atStripe?.close(), atSandbox?.close()]);
  await stripe?.close();
});

const start = async (world: FlowWorld, amountMinor: bigint, currency: string, method: PaymentMethod = 'CARD') => {
  const booked = await book(world, amountMinor);
  return world.database.$transaction((tx) =>
    startPayment(tx, recordIn(tx), {
      ...booked,
      ...{ settings: world.platform.config.payments, amountMinor, currency, method },
      ...{ commissionMinor: 0n, taxMinor: 0n, commissionSnapshot: {}, now: new Date() },
    }),
  );
};
const topUp = async (world: FlowWorld, amountMinor: number, currency: string) =>
  callAs(world, { userId: await somebody(world) }, 'wallet.topUp', { amountMinor, currency });
const plan = async (world: FlowWorld, amountMinor: number) =>
  callAs(world, { userId: await somebody(world), role: 'ADMIN' }, 'subscriptionPlan.create', {
    ...{
      key: `plan-${amountMinor}`,
      name: 'Plan',
      audience: 'HOST',
      interval: 'MONTH',
      price: { amountMinor, currency: 'EUR' },
    },
  });

test('what Stripe would not charge is refused before it is asked, with what it takes at least', async () => {
  await expect(start(atStripe, 49n, 'EUR')).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    message: expect.stringMatching(/^method.*0\.50 EUR/),
  });
  await expect(start(atStripe, 17_499n, 'HUF')).rejects.toThrow(/175\.00 HUF/);
  await expect(topUp(atStripe, 49, 'EUR')).rejects.toThrow(/^amountMinor.*0\.50 EUR/);
  await expect(plan(atStripe, 49)).rejects.toThrow(/^price\.amountMinor.*0\.50 EUR/);
  expect(await atStripe.database.payment.count()).toBe(0);
  expect(await start(atStripe, 50n, 'EUR')).toMatchObject({ status: 'PENDING' });
  expect(await topUp(atStripe, 50, 'EUR')).toMatchObject({ status: 'PENDING' });
  // A wallet pays anything.
  await expect(start(atStripe, 49n, 'EUR', 'WALLET')).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('the sandbox takes every amount', async () => {
  expect(await start(atSandbox, 1n, 'EUR')).toMatchObject({ status: 'PENDING' });
  expect(await topUp(atSandbox, 1, 'EUR')).toMatchObject({ status: 'PENDING' });
});
