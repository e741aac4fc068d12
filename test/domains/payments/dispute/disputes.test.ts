import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSandboxStore } from '../../../../src/domains/payments/sandbox/sandbox.store.ts';
import type { LedgerAccountKind } from '../../../../src/generated/prisma/enums.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { type Booked, book, pay, somebody } from '../support/bookings.ts';
import { callAs } from '../support/call-as.ts';
import { type FlowWorld, openFlowWorld } from '../support/flow-world.ts';
import { expectTrueBooks } from '../support/invariants.ts';
import { take } from '../support/webhooks.ts';

let world: FlowWorld;

beforeAll(async () => {
  world = await openFlowWorld();
});

afterAll(() => world?.close());

interface Disputed extends Booked {
  paymentId: string;
  disputeId: string;
  say: (type: string) => Promise<unknown>;
}

const disputed = async (): Promise<Disputed> => {
  const booked = await book(world);
  const { id: paymentId, providerRef: ref } = await pay(world, booked);
  const amount = { providerRef: ref, amountMinor: 10_000, currency: 'BDT' };
  await take(world, { type: 'payment.captured', data: amount });
  const data = { ...amount, disputeRef: `dispute of ${paymentId}`, reason: 'NOT_RECEIVED' };
  const say = (type: string) => take(world, { type, data });
  await say('dispute.opened');
  const { id: disputeId } = await world.database.dispute.findFirstOrThrow({ where: { paymentId } });
  return { ...booked, paymentId, disputeId, say };
};

const balance = async (kind: LedgerAccountKind, ownerId: string | null = null): Promise<bigint> =>
  (await world.database.ledgerAccount.findFirst({ where: { kind, ownerId } }))?.posted ?? 0n;
const statusOf = async (id: string) => (await world.database.payment.findUniqueOrThrow({ where: { id } })).status;

test('what is disputed is set aside, and comes back when the dispute is won', async () => {
  const { paymentId, hostId, say } = await disputed();
  expect(await statusOf(paymentId)).toBe('DISPUTED');
  expect(await balance('HOST_PENDING', hostId)).toBe(0n);
  const reserved = await balance('DISPUTE_RESERVE');
  expect(await say('dispute.won')).toMatchObject({ status: 'PROCESSED' });
  expect(await statusOf(paymentId)).toBe('DISPUTE_WON');
  expect(await balance('HOST_PENDING', hostId)).toBe(8_500n);
  expect(await balance('DISPUTE_RESERVE')).toBe(reserved - 10_000n);
  await expectTrueBooks(world.sql);
});

test('a dispute that was lost takes the money, and another end of it is for a person to look at', async () => {
  const { paymentId, hostId, say } = await disputed();
  expect(await say('dispute.lost')).toMatchObject({ status: 'PROCESSED' });
  expect(await say('dispute.lost')).toMatchObject({ status: 'IGNORED' });
  expect(await say('dispute.won')).toMatchObject({ status: 'QUARANTINED' });
  expect(await statusOf(paymentId)).toBe('DISPUTE_LOST');
  expect(await balance('HOST_PENDING', hostId)).toBe(0n);
  const breaks = await world.database.reconciliationBreak.findMany({ where: { paymentId } });
  expect(breaks).toMatchObject([{ kind: 'STATUS_DIFFERS', status: 'OPEN' }]);
  await expectTrueBooks(world.sql);
});

/** Brings the fact, as often as it is called. */
const bringEvidence = async (disputeId: string): Promise<void> => {
  const subscriber = world.payments.subscribers.find(({ name }) => name === 'payments.handInEvidence');
  await subscriber?.run({ disputeId }, newId());
};

test('evidence is handed in by the host, once, and reaches the provider', async () => {
  const { userId, hostId, disputeId } = await disputed();
  const evidence = { statement: 'They were there.', attendance: 'Checked in at 19:02.' };
  const hand = (who: { userId: string; role?: string }) =>
    callAs(world, who, 'dispute.submitEvidence', { disputeId, evidence });
  await expect(hand({ userId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(await hand({ userId: hostId })).toMatchObject({ status: 'EVIDENCE_SUBMITTED', hasEvidence: true });
  await expect(hand({ userId: hostId })).rejects.toMatchObject({ code: 'CONFLICT' });
  await bringEvidence(disputeId);
  await bringEvidence(disputeId);
  const { providerDisputeId } = await world.database.dispute.findUniqueOrThrow({ where: { id: disputeId } });
  const kept = await createSandboxStore(world.platform.redis.jobs).find('evidence', providerDisputeId);
  expect(JSON.parse(kept ?? '')).toEqual(evidence);
});

test('the host and staff see disputes, the payer and strangers do not', async () => {
  const { paymentId, disputeId, userId, hostId } = await disputed();
  const staff = { userId: await somebody(world), role: 'SUPPORT' };
  expect(await callAs(world, { userId: hostId }, 'dispute.get', { disputeId })).toMatchObject({ id: disputeId });
  expect(await callAs(world, { userId: hostId }, 'dispute.list', { paymentId })).toMatchObject({
    items: [{ id: disputeId, reason: 'NOT_RECEIVED' }],
    nextCursor: null,
  });
  expect(await callAs(world, staff, 'dispute.queue', { limit: 1 })).toMatchObject({ items: [{ id: disputeId }] });
  await expect(callAs(world, { userId }, 'dispute.get', { disputeId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
