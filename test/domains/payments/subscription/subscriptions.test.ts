import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { capturePayment } from '../../../../src/domains/payments/capture/capture.writes.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { lockPayment } from '../../../../src/domains/payments/payment/lock.writes.ts';
import { settleSubscription } from '../../../../src/domains/payments/subscription/settle.writes.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { DAY_MS, openPayoutWorld, type PayoutWorld } from '../payout/world.ts';

interface View {
  id: string;
  status: string;
  isEntitled: boolean;
  paidThrough: string | null;
  openPayment: { id: string; amount: { amountMinor: number }; clientAction?: { kind: string } } | null;
}

let world: PayoutWorld;
let [trialPlan, plainPlan]: string[] = [];
let userId = '';
let next = 0;

beforeAll(async () => {
  world = await openPayoutWorld({ people: 12, poolSize: 14 });
  const [admin = ''] = world.books.people;
  const plan = { name: 'Plus', audience: 'MEMBER', interval: 'MONTH', price: { amountMinor: 300, currency: 'BDT' } };
  const create = (key: string, trialDays: number) =>
    world.ask<{ id: string }>(admin, 'subscriptionPlan.create', { ...plan, key, trialDays }, 'ADMIN');
  [trialPlan, plainPlan] = [(await create('plus-trial', 14)).id, (await create('plus', 0)).id];
});
afterAll(() => world.books.close());
beforeEach(() => {
  next += 1;
  userId = world.books.people[next] ?? '';
});

const start = (planId = plainPlan) => world.ask<View>(userId, 'subscription.start', { planId });
const get = async (): Promise<View> => {
  const { subscription } = await world.ask<{ subscription: View | null }>(userId, 'subscription.get');
  if (subscription === null) throw new Error('there is no subscription');
  return subscription;
};
const renew = () => world.jobsOf().run('subscription.renew');

/** The provider takes the money, and tells it as often as it likes. */
const pay = async ({ id, openPayment }: View): Promise<void> => {
  const paymentId = openPayment?.id ?? '';
  const { now } = world.clock;
  await world.books.inTx(async (tx) => {
    const payment = await lockPayment(tx, paymentId);
    if (payment === null) throw new Error('nothing is open');
    await capturePayment({ tx, record: recordIn(tx), now: now() }, payment, null);
  });
  for (let time = 0; time < 3; time += 1) {
    await world.books.inTx((tx) => settleSubscription(tx, recordIn(tx), { id, now: now() }));
  }
};
const chargesOf = (subscriptionId: string) =>
  world.books.database.payment.findMany({ where: { subscriptionId }, orderBy: { id: 'asc' } });

test('is paid, asked for a day before it ends, and paid again', async () => {
  const begun = await start();
  expect(begun).toMatchObject({ status: 'PAST_DUE', isEntitled: false, openPayment: { amount: { amountMinor: 300 } } });
  await pay(begun);
  const first = await get();
  expect(first).toMatchObject({ status: 'ACTIVE', isEntitled: true, openPayment: null });
  await renew();
  expect(await chargesOf(begun.id)).toHaveLength(1);
  world.clock.passMs(new Date(first.paidThrough ?? '').getTime() - world.clock.now().getTime() - DAY_MS / 2);
  await renew();
  await renew();
  expect(await chargesOf(begun.id)).toHaveLength(2);
  await pay(await get());
  const second = await get();
  expect(new Date(second.paidThrough ?? '') > new Date(first.paidThrough ?? '')).toBe(true);
  expect((await verifyBooks(world.books.database)).breaks).toEqual([]);
});

test('of ten that are started at once, one begins', async () => {
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => world.refusal(userId, 'subscription.start', { planId: plainPlan })),
  );
  expect(answers.toSorted()).toEqual([...Array(9).fill('CONFLICT'), 'OK']);
});

test('that is not paid again is asked for four times, and ends after the grace', async () => {
  const begun = await start();
  await pay(begun);
  const { paidThrough } = await get();
  world.clock.passMs(new Date(paidThrough ?? '').getTime() - world.clock.now().getTime());
  for (let day = 0; day < 7; day += 1) {
    await renew();
    expect(await get()).toMatchObject({ status: 'PAST_DUE', isEntitled: true });
    await world.books.database.payment.updateMany({
      where: { subscriptionId: begun.id, status: { in: ['PENDING', 'REQUIRES_ACTION'] } },
      data: { status: 'FAILED', failureCode: 'DECLINED' },
    });
    world.clock.passMs(DAY_MS);
  }
  expect(await get()).toMatchObject({ status: 'EXPIRED', isEntitled: false });
  await renew();
  const charges = await chargesOf(begun.id);
  expect(charges.map(({ status }) => status)).toEqual(['COMPLETED', ...Array(4).fill('CANCELLED')]);
  // Money that comes all the same goes back, and nothing lives again.
  const late = charges.at(-1)?.id ?? '';
  await pay({ ...begun, openPayment: { id: late, amount: { amountMinor: 300 } } });
  expect(await world.books.database.refund.count({ where: { paymentId: late, reason: 'LATE_PAYMENT' } })).toBe(1);
  expect(await get()).toMatchObject({ status: 'EXPIRED', isEntitled: false });
  expect(await world.refusal(userId, 'subscription.start', { planId: plainPlan })).toBe('OK');
});

test('has one trial a person, and ends with it when it is cancelled', async () => {
  const begun = await start(trialPlan);
  expect(begun).toMatchObject({ status: 'TRIALING', isEntitled: true, openPayment: null });
  await world.ask(userId, 'subscription.cancel');
  expect(await world.ask<View>(userId, 'subscription.resume')).toMatchObject({ status: 'TRIALING' });
  await world.ask(userId, 'subscription.cancel');
  world.clock.passMs(15 * DAY_MS);
  await renew();
  expect(await get()).toMatchObject({ status: 'CANCELLED', isEntitled: false });
  expect(await chargesOf(begun.id)).toEqual([]);
  expect(await start(trialPlan)).toMatchObject({ status: 'PAST_DUE', isEntitled: false });
});

test('becomes income as its time passes, once, and all of it', async () => {
  const begun = await start();
  await pay(begun);
  const income = () => world.books.balance('PLATFORM_COMMISSION');
  const recognise = () => world.jobsOf().run('subscription.recognise');
  await recognise();
  const before = await income();
  world.clock.passMs(32 * DAY_MS);
  await Promise.all([recognise(), recognise()]);
  await recognise();
  const { rows } = await world.books.sql.query(
    `SELECT count(*)::int AS journals FROM transactions WHERE source_type = 'SUBSCRIPTION' AND source_id LIKE $1`,
    [`${begun.id}:%`],
  );
  expect(rows[0].journals).toBe(1);
  expect((await income()) - before).toBeGreaterThanOrEqual(300n);
  expect((await verifyBooks(world.books.database)).breaks).toEqual([]);
});

test('plans are offered by administrators, each key once', async () => {
  const plan = {
    key: 'plus',
    name: 'P',
    audience: 'HOST',
    interval: 'YEAR',
    price: { amountMinor: 1, currency: 'BDT' },
  };
  expect(await world.refusal(userId, 'subscriptionPlan.create', plan, 'SUPPORT')).toBe('FORBIDDEN');
  expect(await world.refusal(userId, 'subscriptionPlan.create', plan, 'ADMIN')).toBe('CONFLICT');
  expect(await world.refusal(userId, 'subscription.start', { planId: newId() })).toBe('NOT_FOUND');
});
