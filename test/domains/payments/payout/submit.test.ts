import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../../../src/platform/db/client.ts';
import { expectTruePayouts } from './invariants.ts';
import { DAY_MS, openPayoutWorld, type PayoutWorld } from './world.ts';

const SECOND_MS = 1_000;

let world: PayoutWorld;

beforeAll(async () => {
  world = await openPayoutWorld({ people: 2 });
});
afterAll(() => world.books.close());

test('a worker that slept between its commit and its call sends nothing, and what came of it is asked', async () => {
  const [guestId = '', hostId = ''] = world.books.people;
  await world.addAccount(hostId, '+8801700010000');
  const eventId = await world.addEvent(hostId, new Date(world.clock.now().getTime() - 8 * DAY_MS));
  await world.addPayment({ hostId, guestId, eventId, amountMinor: 100n });
  await world.jobsOf().release();
  const { id } = await world.ask<{ id: string }>(hostId, 'payout.request', { currency: 'BDT' });
  const statusOf = async () => (await world.ask<{ status: string }>(hostId, 'payout.get', { payoutId: id })).status;
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
  expect(world.transfers.sent).toEqual([]);
  expect(await statusOf()).toBe('UNKNOWN');
  // Nothing was sent, which its provider proves: the next attempt may be.
  world.clock.passMs(400 * SECOND_MS);
  await world.jobsOf().reconcile();
  await world.jobsOf().submit(id);
  expect(world.transfers.sent.map(({ key }) => key)).toEqual([`${id}:2`]);
  await expectTruePayouts(world);
});
