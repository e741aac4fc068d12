import { afterAll, beforeAll, expect, test } from 'vitest';
import { releaseEarnings } from '../../../../src/domains/payments/earning/release.writes.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { http, type Person, register } from '../../../support/people.ts';
import { until } from '../../../support/until.ts';
import { book, pay } from '../support/bookings.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';

let world: FlowWorld;
let host: Person;

beforeAll(async () => {
  world = await openFlowWorld();
  await world.serve();
  await world.work();
  host = await register(world.url);
  await giveAccount();
  await earn();
});
afterAll(() => world?.close());

const ask = async <T>(method: string, path: string, body?: object): Promise<{ status: number; body: T }> => {
  const answer = await http(`${world.url}/v1${path}`, { method, token: host.token, ...(body ? { body } : {}) });
  // Safe: every answer under /v1 that is asked for here is a JSON object.
  return answer as { status: number; body: T };
};

/** Staff has seen it, and it has cooled down. */
const giveAccount = async (): Promise<void> => {
  const details = { kind: 'BKASH', phone: '+8801700123456' };
  const given = { currency: 'BDT', country: 'BD', holderName: 'A Host', details };
  const { status, body } = await ask<{ id: string }>('POST', '/payout-accounts', given);
  expect(status).toBe(200);
  const longAgo = new Date(Date.now() - 30 * 24 * 3_600_000);
  const data = { status: 'VERIFIED', verifiedAt: longAgo, detailsChangedAt: longAgo } as const;
  await world.database.payoutAccount.update({ where: { id: body.id }, data });
};

/** A booking that was paid, and whose event is long over: 100.00, of which 85.00 are the host's. */
const earn = async (): Promise<void> => {
  const booked = await book(world);
  await world.database.event.update({ where: { id: booked.eventId }, data: { hostId: host.id } });
  const { id, providerRef } = await pay(world, { ...booked, hostId: host.id });
  await until(async () => (await fetch(`${world.url}/v1/sandbox/payments/${providerRef}`)).ok, { what: 'the page' });
  await fetch(`${world.url}/v1/sandbox/payments/${providerRef}/approve`, { method: 'POST' });
  const where = { id, status: 'COMPLETED' } as const;
  await until(() => world.database.payment.count({ where }), { what: 'the capture' });
  await world.database.$transaction((tx) => releaseEarnings(tx, id, new Date()));
};

interface Payout {
  id: string;
  status: string;
  providerRef: string;
}

const untilPayout = (id: string, status: string): Promise<Payout> =>
  until(
    async () => {
      const { body } = await ask<Payout>('GET', `/payouts/${id}`);
      return body.status === status ? body : null;
    },
    { what: `the payout ${status}` },
  );

const payOut = async (): Promise<Payout> => {
  const { status, body } = await ask<Payout>('POST', '/payouts', { currency: 'BDT' });
  expect(status).toBe(200);
  return untilPayout(body.id, 'PAID');
};

const bringBack = (transferRef: string) => ask('POST', `/sandbox/transfers/${encodeURIComponent(transferRef)}/return`);
const balances = async () => (await ask<{ items: object[] }>('GET', '/payout-balances')).body.items;

test('what a bank sends back is available again, the host hears of it, and it can be paid once more', async () => {
  const { id, providerRef } = await payOut();
  expect(await balances()).toMatchObject([{ availableMinor: 0, paidMinor: 8_500 }]);
  expect(await bringBack(providerRef)).toMatchObject({
    status: 200,
    body: { transferRef: providerRef, status: 'RETURNED', amountMinor: 8_500, currency: 'BDT' },
  });
  await untilPayout(id, 'RETURNED');
  expect(await balances()).toMatchObject([{ availableMinor: 8_500, inTransitMinor: 0, paidMinor: 0 }]);
  expect(await bringBack(providerRef), 'once').toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
  await until(async () => {
    const { body } = await ask<{ items: { title: string }[] }>('GET', '/notifications');
    return body.items.some(({ title }) => title === 'Your earnings could not be paid out');
  });
  const again = await payOut();
  expect(again.id).not.toBe(id);
  expect(await balances()).toMatchObject([{ availableMinor: 0, paidMinor: 8_500 }]);
  await expectTrueBooks(world.sql);
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
});

test('a return of which no webhook told us is found when the sandbox is asked', async () => {
  const sandbox = world.providers.get('SANDBOX');
  const key = `${newId()}:1`;
  const order = { key, destination: newId(), amountMinor: 700n, currency: 'BDT' };
  await sandbox?.transfer(order);
  expect(await sandbox?.findTransfer(key)).toMatchObject({ status: 'PAID' });
  await bringBack(`sbxt_${key}`);
  expect(await sandbox?.findTransfer(key)).toMatchObject({ status: 'RETURNED', amountMinor: 700n });
});

test('what was never sent cannot come back', async () => {
  expect(await bringBack(`sbxt_${newId()}:1`)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  expect(await bringBack('sbx_1')).toMatchObject({ status: 400, body: { code: 'INVALID_INPUT' } });
});
