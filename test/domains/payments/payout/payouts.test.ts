import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { moveTransfer } from '../../../../src/domains/payments/payout/move.writes.ts';
import { requestRefund } from '../../../../src/domains/payments/refund/request.writes.ts';
import { settleRefund } from '../../../../src/domains/payments/refund/settle.writes.ts';
import type { PayoutStatus } from '../../../../src/generated/prisma/enums.ts';
import type { Database } from '../../../../src/platform/db/client.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { expectTruePayouts } from './invariants.ts';
import type { Sent } from './transfers.ts';
import { DAY_MS, openPayoutWorld, type PayoutWorld } from './world.ts';

const MINUTE_MS = 60_000;

interface View {
  id: string;
  status: PayoutStatus;
  holdReason: string | null;
  amount: { amountMinor: number };
}

let world: PayoutWorld;
let hostId: string;
let guestId: string;
let accountId: string;
let next = 0;

beforeAll(async () => {
  world = await openPayoutWorld({ people: 30, poolSize: 24 });
});
afterAll(() => world.books.close());

/** A host of their own for each test, whose event ended eight days ago and brought 100, of which 85 are theirs. */
beforeEach(async () => {
  next += 1;
  [guestId = '', hostId = ''] = [world.books.people[0], world.books.people[next]];
  world.transfers.moods = [];
  accountId = await world.addAccount(hostId, `+88017000${String(10_000 + next)}`);
  await earn(100n);
});

const earn = async (amountMinor: bigint): Promise<string> => {
  const eventId = await world.addEvent(hostId, new Date(world.clock.now().getTime() - 8 * DAY_MS));
  const paymentId = await world.addPayment({ hostId, guestId, eventId, amountMinor });
  await world.jobsOf().release();
  return paymentId;
};

const request = (): Promise<View> => world.ask<View>(hostId, 'payout.request', { currency: 'BDT' });
const find = (payoutId: string): Promise<View> => world.ask<View>(hostId, 'payout.get', { payoutId });
const available = (): Promise<bigint> => world.books.balance('HOST_AVAILABLE', hostId);
const sentFor = (id: string): Sent[] => world.transfers.sent.filter(({ key }) => key.startsWith(id));
const hear = (news: Sent): Promise<unknown> =>
  world.books.inTx((tx) =>
    moveTransfer({ tx, record: recordIn(tx), provider: 'SANDBOX', now: world.clock.now() }, news),
  );
const payBack = (paymentId: string, amountMinor: bigint): Promise<unknown> =>
  world.books.inTx(async (tx) => {
    const [record, now] = [recordIn(tx), world.clock.now()];
    const why = { bookingId: null, reason: 'GOODWILL', initiator: 'HOST' } as const;
    const { id } = await requestRefund(tx, record, { ...why, paymentId, amountMinor, now });
    const payment = await tx.payment.findUniqueOrThrow({ where: { id: paymentId } });
    const refund = await tx.refund.findUniqueOrThrow({ where: { id } });
    return settleRefund({ tx, record, now }, payment, refund, `r_${id}`);
  });
const kindsOf = async (payoutId: string): Promise<string[]> => {
  const { rows } = await world.books.sql.query(
    `SELECT kind || ' ' || split_part(source_id, ':', 2) AS booked FROM transactions
     WHERE source_type = 'PAYOUT' AND source_id LIKE $1 ORDER BY id`,
    [`${payoutId}:%`],
  );
  return rows.map(({ booked }) => booked);
};

describe('a payout', () => {
  test('sends what was released, and is paid when the provider says so', async () => {
    expect(await available()).toBe(85n);
    const { id, status, amount } = await request();
    expect([status, amount.amountMinor]).toEqual(['LOCKED', 85]);
    world.transfers.moods = ['sends'];
    await world.jobsOf().submit(id);
    expect((await find(id)).status).toBe('IN_TRANSIT');
    const [sent] = sentFor(id);
    expect(sent).toMatchObject({ key: `${id}:1`, amountMinor: 85n, destination: `bkash:${accountId}` });
    for (let copy = 0; copy < 3; copy += 1) await hear({ ...(sent as Sent), status: 'PAID' });
    (sent as Sent).status = 'PAID';
    expect((await find(id)).status).toBe('PAID');
    expect(await kindsOf(id)).toEqual(['PAYOUT_SUBMITTED 1', 'PAYOUT_PAID 1']);
    await expectTruePayouts(world);
  });

  test('of twenty requests at once one is made', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => world.refusal(hostId, 'payout.request', { currency: 'BDT' })),
    );
    expect(answers.filter((code) => code === 'OK')).toHaveLength(1);
    expect(answers.filter((code) => code === 'CONFLICT')).toHaveLength(19);
    await expectTruePayouts(world);
  });

  test('twenty workers that submit it at once call the provider once', async () => {
    const { id } = await request();
    await Promise.all(Array.from({ length: 20 }, () => world.jobsOf().submit(id)));
    expect(sentFor(id)).toHaveLength(1);
    await expectTruePayouts(world);
  });

  test('that is not answered is UNKNOWN for as long as it takes, and never fails by itself', async () => {
    const { id } = await request();
    world.transfers.moods = ['sends and keeps silent'];
    await world.jobsOf().submit(id);
    expect((await find(id)).status).toBe('UNKNOWN');
    const { provider } = world.transfers;
    const findTransfer = provider.findTransfer;
    provider.findTransfer = async () => Promise.reject(new Error('the provider is away'));
    for (let day = 0; day < 40; day += 1) {
      world.clock.passMs(DAY_MS);
      await world.jobsOf().reconcile();
    }
    provider.findTransfer = findTransfer;
    expect((await find(id)).status).toBe('UNKNOWN');
    await world.jobsOf().reconcile();
    expect((await find(id)).status).toBe('IN_TRANSIT');
    expect(sentFor(id)).toHaveLength(1);
    await expectTruePayouts(world);
  });

  test('that the provider proves not to have is sent anew, under a new key and not before', async () => {
    const { id } = await request();
    world.transfers.moods = ['keeps silent'];
    await world.jobsOf().submit(id);
    world.clock.passMs(MINUTE_MS);
    await world.jobsOf().reconcile();
    expect((await find(id)).status).toBe('UNKNOWN');
    world.clock.passMs(5 * MINUTE_MS);
    await world.jobsOf().reconcile();
    expect([(await find(id)).status, await available()]).toEqual(['LOCKED', 85n]);
    await world.jobsOf().submit(id);
    expect(sentFor(id).map(({ key }) => key)).toEqual([`${id}:2`]);
    expect(await kindsOf(id)).toEqual([
      ...['PAYOUT_SUBMITTED 1', 'PAYOUT_RETURNED 1', 'PAYOUT_SUBMITTED 2', 'PAYOUT_PAID 2'],
    ]);
    await expectTruePayouts(world);
  });

  test('whose first attempt appears after all is not moved by it, and a person is told', async () => {
    const { id } = await request();
    world.transfers.moods = ['keeps silent'];
    await world.jobsOf().submit(id);
    world.clock.passMs(10 * MINUTE_MS);
    await world.jobsOf().reconcile();
    const ghost = {
      ...{ key: `${id}:1`, destination: '', transferRef: `ghost_${id}` },
      amountMinor: 85n,
      currency: 'BDT',
    };
    expect(await hear({ ...ghost, status: 'PAID' })).toMatchObject({ status: 'QUARANTINED' });
    expect((await find(id)).status).toBe('LOCKED');
    const reference = `ghost_${id}`;
    expect(await world.books.database.reconciliationBreak.count({ where: { reference, kind: 'MISSING_HERE' } })).toBe(
      1,
    );
  });

  test('of a process that died between its commit and its call is found out', async () => {
    const { id } = await request();
    let begun = 0;
    const dead: Database = new Proxy(world.books.database, {
      get: (real, name) => {
        if (name !== '$transaction') return Reflect.get(real, name);
        begun += 1;
        if (begun > 1) throw new Error('dead');
        return real.$transaction.bind(real);
      },
    });
    world.transfers.moods = ['keeps silent'];
    await expect(world.jobsOf(dead).submit(id)).rejects.toThrow('dead');
    expect((await find(id)).status).toBe('SUBMITTING');
    await world.jobsOf().submit(id);
    expect(sentFor(id)).toEqual([]);
    world.clock.passMs(6 * MINUTE_MS);
    await world.jobsOf().reconcile();
    expect((await find(id)).status).toBe('UNKNOWN');
    world.clock.passMs(MINUTE_MS);
    await world.jobsOf().reconcile();
    await world.jobsOf().submit(id);
    expect(sentFor(id)).toHaveLength(1);
    await expectTruePayouts(world);
  });

  test('that is refused frees its items, and its compensation is booked though both carry one attempt', async () => {
    const { id } = await request();
    world.transfers.moods = ['refuses'];
    await world.jobsOf().submit(id);
    expect([(await find(id)).status, await available()]).toEqual(['FAILED', 85n]);
    const second = await request();
    await world.jobsOf().submit(second.id);
    expect([(await find(second.id)).status, await available()]).toEqual(['PAID', 0n]);
    await expectTruePayouts(world);
  });

  test('that comes back is available again, in whatever order that is told', async () => {
    for (const order of [
      ['PAID', 'RETURNED', 'PAID'],
      ['RETURNED', 'PAID', 'RETURNED'],
    ] as const) {
      const { id } = await request();
      world.transfers.moods = ['sends'];
      await world.jobsOf().submit(id);
      const sent = sentFor(id)[0] as Sent;
      sent.status = 'RETURNED';
      for (const status of order) await hear({ ...sent, status });
      expect([(await find(id)).status, await available()]).toEqual(['RETURNED', 85n]);
    }
    await expectTruePayouts(world);
  });

  test('that came back is not sent again by itself, until its host asks and it arrives', async () => {
    const { id } = await request();
    world.transfers.moods = ['sends'];
    await world.jobsOf().submit(id);
    const sent = sentFor(id)[0] as Sent;
    sent.status = 'RETURNED';
    await hear({ ...sent, status: 'RETURNED' });
    const made = () => world.books.database.payout.count({ where: { hostId } });
    world.clock.passMs(MINUTE_MS);
    await world.jobsOf().make();
    expect([await made(), await available()]).toEqual([1, 85n]);
    const second = await request();
    await world.jobsOf().submit(second.id);
    expect((await find(second.id)).status).toBe('PAID');
    const eventId = await world.addEvent(hostId, new Date(world.clock.now().getTime() - 8 * DAY_MS));
    await world.addPayment({ hostId, guestId, eventId, amountMinor: 100n });
    await world.jobsOf().release();
    await world.jobsOf().make();
    expect(await made()).toBe(3);
    await expectTruePayouts(world);
  });

  test('of which another amount is told is not moved', async () => {
    const { id } = await request();
    world.transfers.moods = ['sends'];
    await world.jobsOf().submit(id);
    const sent = sentFor(id)[0] as Sent;
    expect(await hear({ ...sent, amountMinor: 84n, status: 'PAID' })).toMatchObject({ status: 'QUARANTINED' });
    expect((await find(id)).status).toBe('IN_TRANSIT');
  });

  test('on hold stays until staff lets it go', async () => {
    const { id } = await request();
    expect(await world.refusal(hostId, 'payout.hold', { payoutId: id }, 'SUPPORT')).toBe('FORBIDDEN');
    await world.ask(hostId, 'payout.hold', { payoutId: id, reason: 'RISK_REVIEW' }, 'ADMIN');
    await world.jobsOf().submit(id);
    world.clock.passMs(DAY_MS);
    await world.jobsOf().reconcile();
    expect([(await find(id)).status, sentFor(id)]).toEqual(['ON_HOLD', []]);
    await world.ask(hostId, 'payout.resume', { payoutId: id }, 'ADMIN');
    await world.jobsOf().submit(id);
    expect((await find(id)).status).toBe('PAID');
    expect(await world.refusal(hostId, 'payout.hold', { payoutId: id }, 'ADMIN')).toBe('CONFLICT');
  });

  test('of others nobody sees', async () => {
    const { id } = await request();
    expect(await world.refusal(guestId, 'payout.get', { payoutId: id })).toBe('NOT_FOUND');
    expect(await world.refusal(guestId, 'payout.list', { hostId })).toBe('FORBIDDEN');
    expect(await world.refusal(guestId, 'payout.balances', { hostId })).toBe('FORBIDDEN');
  });
});

describe('a co-host with a share', () => {
  let coHostId: string;

  beforeEach(async () => {
    next += 1;
    coHostId = world.books.people[next] ?? '';
    await world.addAccount(coHostId, `+88017000${String(10_000 + next)}`);
  });

  const sell = async (amountMinor: bigint, basisPoints: number, by = hostId): Promise<string> => {
    const eventId = await world.addEvent(by, new Date(world.clock.now().getTime() - 8 * DAY_MS));
    const userId = by === hostId ? coHostId : hostId;
    return world.addPayment({ hostId: by, guestId, eventId, amountMinor, shares: [{ userId, basisPoints }] });
  };

  const payOut = async (userId: string): Promise<View> => {
    const { id } = await world.ask<View>(userId, 'payout.request', { currency: 'BDT' });
    await world.jobsOf().submit(id);
    return world.ask<View>(userId, 'payout.get', { payoutId: id });
  };

  test('is paid what is theirs by a payout of their own, once', async () => {
    await sell(1_000n, 2_500);
    await world.jobsOf().release();
    await world.jobsOf().release();
    expect(await available()).toBe(85n + 638n);
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(212n);
    expect(await payOut(coHostId)).toMatchObject({ status: 'PAID', amount: { amountMinor: 212 } });
    expect(await world.refusal(coHostId, 'payout.request', { currency: 'BDT' })).toBe('CONFLICT');
    expect(await payOut(hostId)).toMatchObject({ status: 'PAID', amount: { amountMinor: 723 } });
    await expectTruePayouts(world);
  });

  test('keeps it when money goes back after the release: the host alone pays that', async () => {
    const paymentId = await sell(1_000n, 10_000);
    await world.jobsOf().release();
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(850n);
    await payBack(paymentId, 1_000n);
    expect(await available()).toBe(0n);
    expect(await world.books.balance('HOST_RECEIVABLE', hostId)).toBe(85n - 850n);
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(850n);
    await sell(1_000n, 5_000);
    await world.jobsOf().release();
    // What the host owes comes first; what is left is shared.
    expect(await world.books.balance('HOST_RECEIVABLE', hostId)).toBe(0n);
    expect(await available()).toBe(43n);
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(850n + 42n);
    await expectTruePayouts(world);
  });

  test('pays back of it what they owe themselves', async () => {
    const own = await sell(100n, 10_000, coHostId);
    await world.jobsOf().release();
    await payBack(own, 100n);
    expect(await world.books.balance('HOST_RECEIVABLE', coHostId)).toBe(-85n);
    await sell(1_000n, 2_000);
    await world.jobsOf().release();
    expect(await world.books.balance('HOST_RECEIVABLE', coHostId)).toBe(0n);
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(170n - 85n);
    await expectTruePayouts(world);
  });

  test('loses of it what was given back before the release', async () => {
    const paymentId = await sell(1_000n, 5_000);
    const pendingOf = async (userId: string): Promise<number | undefined> => {
      const { items } = await world.ask<{ items: { pendingMinor: number }[] }>(userId, 'payout.balances');
      return items[0]?.pendingMinor;
    };
    expect([await pendingOf(hostId), await pendingOf(coHostId)]).toEqual([425, 425]);
    await payBack(paymentId, 500n);
    expect([await pendingOf(hostId), await pendingOf(coHostId)]).toEqual([213, 212]);
    await world.jobsOf().release();
    expect([await pendingOf(hostId), await pendingOf(coHostId)]).toEqual([0, 0]);
    expect(await world.books.balance('HOST_AVAILABLE', coHostId)).toBe(212n);
    expect(await available()).toBe(85n + 213n);
    await expectTruePayouts(world);
  });
});

describe('nothing leaves', () => {
  test('within 72 hours after the account was changed, also when the payout was made before', async () => {
    const { id } = await request();
    const details = { kind: 'BKASH', phone: `+8801800${String(100_000 + next)}` };
    await world.ask(hostId, 'payoutAccount.change', { payoutAccountId: accountId, holderName: 'Another', details });
    await world.ask(hostId, 'payoutAccount.verify', { payoutAccountId: accountId, outcome: 'VERIFIED' }, 'ADMIN');
    await world.jobsOf().submit(id);
    expect(await find(id)).toMatchObject({ status: 'ON_HOLD', holdReason: 'ACCOUNT_CHANGED' });
    expect(await world.refusal(hostId, 'payout.request', { currency: 'BDT' })).toBe('CONFLICT');
    world.clock.passMs(71 * 60 * MINUTE_MS);
    await world.jobsOf().reconcile();
    expect((await find(id)).status).toBe('ON_HOLD');
    world.clock.passMs(2 * 60 * MINUTE_MS);
    await world.jobsOf().reconcile();
    await world.jobsOf().submit(id);
    expect((await find(id)).status).toBe('PAID');
  });

  test('to an account that is not verified', async () => {
    await world.ask(hostId, 'payoutAccount.verify', { payoutAccountId: accountId, outcome: 'REJECTED' }, 'ADMIN');
    expect(await world.refusal(hostId, 'payout.request', { currency: 'BDT' })).toBe('CONFLICT');
    await world.jobsOf().make();
    expect(await world.books.database.payout.count({ where: { hostId } })).toBe(0);
  });

  test('while a cancelled event is being paid back', async () => {
    const paymentId = await earn(200n);
    const { eventId } = await world.books.database.payment.findUniqueOrThrow({ where: { id: paymentId } });
    const cancelled = { status: 'CANCELLED', cancelledAt: world.clock.now() } as const;
    await world.books.database.event.update({ where: { id: eventId ?? '' }, data: cancelled });
    const refund = await world.books.database.refund.create({ data: { paymentId, amount: 200n } });
    expect(await world.refusal(hostId, 'payout.request', { currency: 'BDT' })).toBe('CONFLICT');
    await world.books.database.refund.update({ where: { id: refund.id }, data: { status: 'FAILED' } });
    expect(await world.refusal(hostId, 'payout.request', { currency: 'BDT' })).toBe('OK');
  });

  test('before the event has ended and the holdback passed', async () => {
    const eventId = await world.addEvent(hostId, new Date(world.clock.now().getTime() - 6 * DAY_MS));
    await world.addPayment({ hostId, guestId, eventId, amountMinor: 100n });
    await world.jobsOf().release();
    expect(await available()).toBe(85n);
    world.clock.passMs(DAY_MS + MINUTE_MS);
    await world.jobsOf().release();
    await world.jobsOf().release();
    expect(await available()).toBe(170n);
    const { items } = await world.ask<{ items: object[] }>(hostId, 'payout.balances');
    expect(items).toEqual([
      { currency: 'BDT', pendingMinor: 0, availableMinor: 170, inTransitMinor: 0, paidMinor: 0, owedMinor: 0 },
    ]);
  });
});
