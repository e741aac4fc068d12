import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { findHostBreaks } from '../../../../src/domains/payments/earning/host-breaks.reads.ts';
import { releaseEarnings } from '../../../../src/domains/payments/earning/release.writes.ts';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { submitRequestedRefund } from '../../../../src/domains/payments/refund/submit.job.ts';
import type { LedgerAccountKind } from '../../../../src/generated/prisma/enums.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { codeOf, errorOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;
let manager: string;
let coHost: string;
let stranger: string;

interface Marked {
  booking: BookingAnswer;
  payment: { id: string; provider: string; method: string; status: string; reference: string | null };
}
interface Refunded {
  id: string;
  status: string;
  byHand: boolean;
  reference: string | null;
  amount: { amountMinor: number };
}

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', manager = '', coHost = '', stranger = ''] = world.people;
  const admin = { userId: world.people[9] ?? '', role: 'ADMIN' };
  for (const currency of ['BDT', 'JPY', 'KWD']) {
    await world.ask(admin, 'commission.set', { scope: 'GLOBAL', rateBasisPoints: 730, currency });
  }
});
afterAll(() => world?.close());
afterEach(async () => {
  await world.settle();
  expect(await findHostBreaks(world.database, 10)).toEqual([]);
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
});

const sell = async (price = 10_000, currency = 'BDT', team = false): Promise<Sale> => {
  const sale = await world.sell([{ name: 'Seat', price, capacity: 20 }], { currency });
  if (!team) return sale;
  for (const [userId, role] of [
    [manager, 'MANAGER'],
    [coHost, 'CO_HOST'],
  ]) {
    await world.ask(host, 'host.invite', { eventId: sale.eventId, userId, role });
    await world.ask(userId ?? '', 'host.accept', { eventId: sale.eventId });
  }
  return sale;
};

const how = { method: 'CASH', reference: 'receipt 12' };
const mark = (by: string, bookingId: string, more: object = how) =>
  world.call(by, 'booking.markPaid', { bookingId, ...more });
const marked = (by: string, bookingId: string, more: object = how) =>
  world.ask<Marked>(by, 'booking.markPaid', { bookingId, ...more });
const owed = async (eventId: string, by = host): Promise<Refunded[]> =>
  (await world.ask<{ items: Refunded[] }>(by, 'booking.owedRefunds', { eventId })).items;
const repay = (by: string, bookingId: string, refundId: string, reference = 'envelope 3') =>
  world.call(by, 'booking.markRefunded', { bookingId, refundId, reference });

const balance = async (kind: LedgerAccountKind, currency = 'BDT'): Promise<number> => {
  const { _sum } = await world.database.ledgerAccount.aggregate({
    where: { kind, currencyCode: currency },
    _sum: { posted: true },
  });
  return Number(_sum.posted ?? 0n);
};
const KINDS = ['PSP_CLEARING', 'HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE', 'PLATFORM_COMMISSION'] as const;
/** What work moved in the books. */
const movedBy = async (work: () => Promise<unknown>, currency = 'BDT'): Promise<Record<string, number>> => {
  const read = () => Promise.all(KINDS.map((kind) => balance(kind, currency)));
  const before = await read();
  await work();
  const after = await read();
  const moves = KINDS.map((kind, place) => [kind, (after[place] ?? 0) - (before[place] ?? 0)] as const);
  return Object.fromEntries(moves.filter(([, move]) => move !== 0));
};
const paymentsOf = (bookingId: string) => world.database.payment.findMany({ where: { bookingId } });

test('a held booking is confirmed with tickets and an invoice, and only what is ours is booked', async () => {
  const sale = await sell();
  const { id } = await world.book(ann, sale, 2);
  let answer: Marked | undefined;
  const moved = await movedBy(async () => {
    answer = await marked(host, id);
    await world.settle();
  });
  expect(moved).toEqual({ HOST_RECEIVABLE: -1_460, PLATFORM_COMMISSION: 1_460 });
  expect(answer).toMatchObject({
    booking: { status: 'CONFIRMED', admissions: [{ status: 'ISSUED' }, { status: 'ISSUED' }] },
    payment: { provider: 'MANUAL', method: 'CASH', status: 'COMPLETED', reference: 'receipt 12' },
  });
  expect(await world.ask<object[]>(ann, 'booking.tickets', { bookingId: id })).toHaveLength(2);
  const invoice = await world.database.invoice.findFirstOrThrow({ where: { bookingId: id, kind: 'TICKETS' } });
  expect(invoice).toMatchObject({ status: 'PAID', kind: 'TICKETS', totalAmount: 20_000n });
  const journal = await world.database.transaction.findFirstOrThrow({ where: { sourceId: answer?.payment.id ?? '' } });
  expect(journal.description).toBe('CASH paid to the host: receipt 12');
  const confirmed = await world.facts('booking.confirmed', sale.eventId);
  expect(confirmed).toHaveLength(1);
});

test('the host’s statement names how and under which reference', async () => {
  const sale = await sell();
  const { id } = await world.book(ann, sale, 1);
  const from = new Date().toISOString();
  await marked(host, id, { method: 'BANK_TRANSFER', reference: 'SEPA 77/1' });
  const { items } = await world.ask<{ items: { id: string; kind: string }[] }>(host, 'ledger.accounts', {});
  const accountId = items.find(({ kind }) => kind === 'HOST_RECEIVABLE')?.id;
  const to = new Date(Date.now() + 60_000).toISOString();
  const statement = await world.ask<{ items: object[]; csv: string }>(host, 'ledger.statement', {
    ...{ accountId, from, to, csv: true },
  });
  const description = 'BANK_TRANSFER paid to the host: SEPA 77/1';
  expect(statement.items).toMatchObject([
    { description, amount: { amountMinor: -730 }, about: { eventId: sale.eventId } },
  ]);
  expect(statement.csv).toContain(description);
});

test('said again it changes nothing; said otherwise it is refused', async () => {
  const { id } = await world.book(ann, await sell(), 1);
  const first = await marked(host, id);
  await world.settle();
  expect(await marked(host, id)).toMatchObject({ payment: { id: first.payment.id } });
  expect(codeOf(await mark(host, id, { ...how, reference: 'receipt 13' }))).toBe('CONFLICT');
  expect(codeOf(await mark(host, id, { ...how, method: 'BANK_TRANSFER' }))).toBe('CONFLICT');
  expect(await paymentsOf(id)).toHaveLength(1);
});

test('of two at once one takes the money, and both are told of it', async () => {
  const { id } = await world.book(ann, await sell(), 1);
  const [one, other] = await Promise.all([marked(host, id), marked(host, id)]);
  expect(one.payment.id).toBe(other.payment.id);
  expect(await paymentsOf(id)).toHaveLength(1);
});

test('the owner and managers may; others of the team and the booker may not; strangers know of nothing', async () => {
  const sale = await sell(10_000, 'BDT', true);
  const { id } = await world.book(ann, sale, 1);
  expect(codeOf(await mark(coHost, id))).toBe('FORBIDDEN');
  expect(codeOf(await mark(ann, id))).toBe('FORBIDDEN');
  expect(codeOf(await mark(stranger, id))).toBe('NOT_FOUND');
  expect(codeOf(await mark(manager, id))).toBe('OK');
  await world.ask(manager, 'booking.cancel', { bookingId: id });
  const [refund] = await owed(sale.eventId, manager);
  for (const [by, code] of [
    [coHost, 'FORBIDDEN'],
    [stranger, 'NOT_FOUND'],
  ] as const) {
    expect(codeOf(await repay(by, id, refund?.id ?? ''))).toBe(code);
    expect(codeOf(await world.call(by, 'booking.owedRefunds', { eventId: sale.eventId }))).toBe(code);
  }
  expect(codeOf(await repay(ann, id, refund?.id ?? ''))).toBe('FORBIDDEN');
  expect(codeOf(await repay(manager, id, refund?.id ?? ''))).toBe('OK');
});

describe('what cannot be marked', () => {
  test('a request, until it is approved', async () => {
    const sale = await world.sell([{ name: 'Seat', price: 10_000, capacity: 5 }], { approvalMode: 'MANUAL' });
    const { id, status } = await world.book(ann, sale, 1);
    expect(status).toBe('REQUESTED');
    expect(codeOf(await mark(host, id))).toBe('CONFLICT');
    await world.ask(host, 'booking.approve', { bookingId: id });
    expect((await marked(host, id)).booking.status).toBe('CONFIRMED');
  });

  test('a hold that is over, what is free, what was cancelled or paid online', async () => {
    const sale = await sell();
    const late = await world.book(ann, sale, 1);
    await world.pass(sale.eventId, 3_600_000);
    expect(codeOf(await mark(host, late.id))).toBe('HOLD_EXPIRED');
    const gone = await world.book(ann, sale, 1);
    await world.ask(ann, 'booking.cancel', { bookingId: gone.id });
    expect(codeOf(await mark(host, gone.id))).toBe('CONFLICT');
    const free = await world.book(ann, await sell(0), 1);
    expect(codeOf(await mark(host, free.id))).toBe('CONFLICT');
    const online = await world.book(ann, sale, 1);
    await world.capture(await world.pay(ann, online.id));
    expect(codeOf(await mark(host, online.id))).toBe('CONFLICT');
    await world.settle();
    expect(codeOf(await mark(host, online.id))).toBe('CONFLICT');
    expect((await paymentsOf(online.id)).map(({ provider }) => provider)).toEqual(['SANDBOX']);
  });

  test('booking.pay sends those who would pay by hand to the host', async () => {
    const { id } = await world.book(ann, await sell(), 1);
    for (const method of ['CASH', 'BANK_TRANSFER']) {
      const error = errorOf(await world.call(ann, 'booking.pay', { bookingId: id, method }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('host') });
    }
    expect(await paymentsOf(id)).toEqual([]);
  });
});

describe('beside an online payment', () => {
  test('one that is open is given up, and its money goes back when it comes all the same', async () => {
    const { id } = await world.book(ann, await sell(), 1);
    const online = await world.pay(ann, id);
    const { payment } = await marked(host, id);
    expect(await world.database.payment.findUnique({ where: { id: online } })).toMatchObject({ status: 'CANCELLED' });
    await world.capture(online);
    await world.settle();
    const back = await world.database.refund.findMany({ where: { bookingId: id } });
    expect(back).toMatchObject([{ paymentId: online, reason: 'LATE_PAYMENT', amount: 10_000n, byHand: false }]);
    const { status, priceSnapshot } = await world.database.booking.findUniqueOrThrow({ where: { id } });
    expect({ status, paidBy: (priceSnapshot as { paidBy?: string }).paidBy }).toEqual({
      status: 'CONFIRMED',
      paidBy: payment.id,
    });
  });

  test('of a capture and a mark at once one buys the seat, and the other gives its money back or is refused', async () => {
    const sale = await sell();
    for (let round = 0; round < 8; round += 1) {
      const { id } = await world.book(ann, sale, 1);
      const online = await world.pay(ann, id);
      const [answer] = await Promise.all([mark(host, id), world.capture(online)]);
      await world.settle();
      const refunds = await world.database.refund.findMany({ where: { bookingId: id } });
      const payments = (await paymentsOf(id)).map(({ provider }) => provider);
      if (answer.ok) {
        expect(refunds).toMatchObject([{ paymentId: online, amount: 10_000n }]);
        expect(payments.sort()).toEqual(['MANUAL', 'SANDBOX']);
      } else {
        expect(codeOf(answer)).toBe('CONFLICT');
        expect([refunds, payments]).toEqual([[], ['SANDBOX']]);
      }
      expect(await world.database.booking.findUnique({ where: { id } })).toMatchObject({ status: 'CONFIRMED' });
    }
  });
});

describe('paid back', () => {
  test('whole: owed by the host until they say so, no provider is asked, and what was ours goes back to them', async () => {
    const sale = await sell();
    const { id } = await world.book(ann, sale, 1);
    const { payment } = await marked(host, id);
    await world.settle();
    const { refund } = await world.ask<{ refund: object }>(host, 'booking.cancel', { bookingId: id });
    expect(refund).toMatchObject({ amountMinor: 10_000 });
    await world.settle();
    const told = await world.database.notification.findMany({
      where: { eventId: sale.eventId, dedupeKey: { startsWith: 'owed-by-hand' } },
    });
    expect(told).toMatchObject([{ userId: host, message: expect.stringContaining('Pay 100.00 BDT back') }]);
    const annTold = await world.database.notification.findMany({ where: { userId: ann, type: 'BOOKING_CANCELLED' } });
    expect(annTold.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('100.00 BDT will be paid back by the host.'),
    );
    const [listed] = (await world.ask<{ items: Refunded[] }>(ann, 'refund.list', { paymentId: payment.id })).items;
    expect(listed).toMatchObject({ status: 'REQUESTED', byHand: true, reference: null });
    expect(await owed(sale.eventId)).toEqual([listed]);
    const refundId = listed?.id ?? '';
    // Neither its job nor reconciliation asks anybody: there is nobody to ask.
    await submitRequestedRefund({ ...world.platform, providers: new Map() }).run({ refundId });
    const restedSince = new Date(Date.now() - 48 * 3_600_000);
    await world.database.refund.update({ where: { id: refundId }, data: { updatedAt: restedSince } });
    await world.database.payment.update({ where: { id: payment.id }, data: { updatedAt: restedSince } });
    await world.runJob('reconciliation.reconcile');
    expect(await world.database.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status: 'REQUESTED' });

    const moved = await movedBy(async () => {
      const [one, other] = await Promise.all([repay(host, id, refundId), repay(host, id, refundId)]);
      expect([codeOf(one), codeOf(other)]).toEqual(['OK', 'OK']);
      await world.settle();
    });
    expect(moved).toEqual({ HOST_RECEIVABLE: 730, PLATFORM_COMMISSION: -730 });
    expect(codeOf(await repay(host, id, refundId, 'envelope 4'))).toBe('CONFLICT');
    expect(await owed(sale.eventId)).toEqual([]);
    expect(await world.database.payment.findUnique({ where: { id: payment.id } })).toMatchObject({
      status: 'REFUNDED',
    });
    const notes = await world.database.invoice.findMany({
      where: { bookingId: id, kind: 'CREDIT_NOTE' },
      orderBy: { totalAmount: 'asc' },
    });
    // Of the host's sale, and of the platform's to the host.
    expect(notes).toMatchObject([
      { totalAmount: -10_000n, refundId },
      { totalAmount: -730n, refundId },
    ]);
    expect(await world.database.reconciliationBreak.count({ where: { paymentId: payment.id } })).toBe(0);
  });

  test('in part, ticket by ticket, in currencies of none, two and three decimals, to the last unit', async () => {
    for (const [currency, price] of [
      ['JPY', 333],
      ['BDT', 3_333],
      ['KWD', 3_330],
    ] as const) {
      const before = await Promise.all(KINDS.map((kind) => balance(kind, currency)));
      const sale = await sell(price, currency);
      const { id, admissions } = await world.book(ann, sale, 3);
      await marked(host, id, { method: 'BANK_TRANSFER', reference: `transfer ${currency}` });
      await world.settle();
      for (const { id: admissionId } of admissions) {
        await world.ask(host, 'booking.cancel', { bookingId: id, admissionIds: [admissionId] });
        const [refund] = await owed(sale.eventId);
        expect(refund?.amount.amountMinor).toBe(price);
        expect(codeOf(await repay(host, id, refund?.id ?? ''))).toBe('OK');
        await world.settle();
        expect(await findHostBreaks(world.database, 10)).toEqual([]);
      }
      expect(await Promise.all(KINDS.map((kind) => balance(kind, currency)))).toEqual(before);
    }
  });

  test('when the event is cancelled every guest is owed by the host', async () => {
    const sale = await sell();
    const guests = await world.crowd(2);
    for (const guest of guests) {
      const { id } = await world.book(guest, sale, 1);
      await marked(host, id);
    }
    const online = await world.book(ann, sale, 1);
    await world.capture(await world.pay(ann, online.id));
    await world.settle();
    await world.ask(host, 'event.cancel', { eventId: sale.eventId, reason: 'WEATHER' });
    await world.settle();
    const rows = await owed(sale.eventId);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      const { bookingId } = await world.database.refund.findUniqueOrThrow({ where: { id: row.id } });
      expect(codeOf(await repay(host, bookingId ?? '', row.id))).toBe('OK');
    }
  });

  test('a refund of an online payment, and one of another booking, is not to be said', async () => {
    const sale = await sell();
    const { id } = await world.book(ann, sale, 1);
    await world.capture(await world.pay(ann, id));
    await world.settle();
    await world.ask(host, 'booking.cancel', { bookingId: id });
    const { id: refundId } = await world.database.refund.findFirstOrThrow({ where: { bookingId: id } });
    expect(codeOf(await repay(host, id, refundId))).toBe('CONFLICT');
    const other = await world.book(ann, sale, 1);
    expect(codeOf(await repay(host, other.id, refundId))).toBe('NOT_FOUND');
  });
});

test('what the platform adds for its own code is paid out as ever, and taken back with what is given back', async () => {
  const admin = { userId: world.people[9] ?? '', role: 'ADMIN' };
  const code = { code: 'BYHAND', kind: 'PERCENT', percentBasisPoints: 1_000, funding: 'PLATFORM' };
  await world.ask(admin, 'promoCode.create', code);
  const sale = await sell();
  for (const isReleased of [false, true]) {
    const { id, total } = await world.book(ann, sale, 1, { promoCode: 'BYHAND' });
    expect(total.amountMinor).toBe(9_000);
    let paymentId = '';
    const taken = await movedBy(async () => {
      paymentId = (await marked(host, id)).payment.id;
    });
    expect(taken).toEqual({ HOST_PENDING: 1_000, HOST_RECEIVABLE: -657, PLATFORM_COMMISSION: 657 });
    await world.settle();
    if (isReleased) await world.database.$transaction((tx) => releaseEarnings(tx, paymentId, new Date()));
    await world.ask(host, 'booking.cancel', { bookingId: id });
    const [refund] = await owed(sale.eventId);
    const given = await movedBy(() => repay(host, id, refund?.id ?? ''));
    const { PLATFORM_COMMISSION, ...ofHost } = given;
    expect(PLATFORM_COMMISSION).toBe(-657);
    expect(Object.values(ofHost).reduce((sum, each) => sum + each, 0)).toBe(657 - 1_000);
    expect(ofHost.HOST_PENDING).toBe(isReleased ? undefined : -1_000);
    await world.settle();
  }
});

test('nothing of it is released; the debt is recovered from what was earned online', async () => {
  const sale = await sell();
  const byHand = await world.book(ann, sale, 1);
  const { payment } = await marked(host, byHand.id);
  const [guest = ''] = await world.crowd(1);
  const online = await world.book(guest, sale, 1);
  const paymentId = await world.pay(guest, online.id);
  await world.capture(paymentId);
  await world.settle();
  const release = (id: string) =>
    world.database.$transaction((tx) => releaseEarnings(tx, id, new Date(Date.now() + 1_000)));
  expect(await movedBy(() => release(payment.id))).toEqual({});
  const owedMinor = -(await balance('HOST_RECEIVABLE'));
  expect(owedMinor).toBeGreaterThanOrEqual(730);
  const recovered = Math.min(owedMinor, 9_270);
  expect(await movedBy(() => release(paymentId))).toEqual({
    HOST_PENDING: -9_270,
    ...(recovered > 0 ? { HOST_RECEIVABLE: recovered } : {}),
    ...(recovered < 9_270 ? { HOST_AVAILABLE: 9_270 - recovered } : {}),
  });
  // What was ours is payable once the debt is paid.
  await world.ask(host, 'booking.cancel', { bookingId: byHand.id });
  const [refund] = await owed(sale.eventId);
  await repay(host, byHand.id, refund?.id ?? '');
});
