import { afterAll, beforeAll, expect, test } from 'vitest';
import { journalRefund } from '../../../../src/domains/payments/ledger/journals/refund.steps.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { expectTruePayouts } from './invariants.ts';
import { DAY_MS, openPayoutWorld, type PayoutWorld } from './world.ts';

const SECOND_MS = 1_000;

let world: PayoutWorld;

beforeAll(async () => {
  world = await openPayoutWorld({ people: 3 });
});
afterAll(() => world.books.close());

/** A payout of 85 that is about to be submitted, and the payment that earned it. */
const request = async (hostId: string, phone: string): Promise<{ id: string; paymentId: string }> => {
  const guestId = world.books.people[0] ?? '';
  await world.addAccount(hostId, phone);
  const eventId = await world.addEvent(hostId, new Date(world.clock.now().getTime() - 8 * DAY_MS));
  const paymentId = await world.addPayment({ hostId, guestId, eventId, amountMinor: 100n });
  await world.jobsOf().release();
  const { id } = await world.ask<{ id: string }>(hostId, 'payout.request', { currency: 'BDT' });
  return { id, paymentId };
};
const statusOf = async (hostId: string, payoutId: string): Promise<string> =>
  (await world.ask<{ status: string }>(hostId, 'payout.get', { payoutId })).status;
const sentFor = (id: string): string[] =>
  world.transfers.sent.filter(({ key }) => key.startsWith(id)).map(({ key }) => key);

test('a worker that slept between its commit and its call sends nothing, and what came of it is asked', async () => {
  const [, hostId = ''] = world.books.people;
  const { id } = await request(hostId, '+8801700010000');
  const sleepy: Database = new Proxy(world.books.database, {
    get: (real, name) =>
      name !== '$transaction'
        ? Reflect.get(real, name)
        : async (...given: Parameters<Database['$transaction']>) => {
            const result = await real.$transaction(...given);
            world.clock.passMs(31 * SECOND_MS);
            return result;
          },
  });
  await world.jobsOf(sleepy).submit(id);
  expect(sentFor(id)).toEqual([]);
  expect(await statusOf(hostId, id)).toBe('UNKNOWN');
  // Nothing was sent, which its provider proves: the next attempt may be.
  world.clock.passMs(400 * SECOND_MS);
  await world.jobsOf().reconcile();
  await world.jobsOf().submit(id);
  expect(sentFor(id)).toEqual([`${id}:2`]);
  await expectTruePayouts(world);
});

test('what went back since a payout was asked for leaves with no payout, and the host is told by its end', async () => {
  const [, , hostId = ''] = world.books.people;
  const { id, paymentId } = await request(hostId, '+8801700010001');
  const refundId = newId();
  const shares = { amountMinor: 40n, commissionMinor: 2n, taxMinor: 4n };
  await world.books.inTx(async (tx) => {
    await tx.refund.create({ data: { id: refundId, paymentId, amount: shares.amountMinor } });
    const to = { hostId, currency: 'BDT', to: 'PROVIDER', at: world.clock.now() } as const;
    await journalRefund(tx, { refundId, paymentId, ...to, ...shares });
  });
  await world.jobsOf().submit(id);
  expect(await statusOf(hostId, id)).toBe('FAILED');
  expect(sentFor(id)).toEqual([]);
  expect(await world.books.balance('HOST_AVAILABLE', hostId)).toBe(85n - 34n);
});
