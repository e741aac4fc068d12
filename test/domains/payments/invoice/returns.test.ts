import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { verifyBooks } from '../../../../src/domains/payments/ledger/verify/verify-books.ts';
import { newId } from '../../../../src/platform/ids.ts';
import { answerRefunds } from '../../events/support/answer-refunds.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld } from '../../events/support/booking-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;
let bob: string;
let taxRateId: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', bob = ''] = world.people;
  const rate = { kind: 'VAT', country: 'DE', name: 'VAT', rateBasisPoints: 1_900, isInclusive: true } as const;
  taxRateId = newId();
  await world.database.taxRate.create({ data: { id: taxRateId, ...rate, startsAt: new Date('2026-01-01') } });
});
afterAll(() => world?.close());

interface Sold {
  bookingId: string;
  paymentId: string;
  dinners: string[];
  books: string[];
}

const IN_A_MONTH = {
  startDate: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  endDate: new Date(Date.now() + 31 * 86_400_000).toISOString(),
};

let sold: Sold;

/** Two dinners at 119.00 with 19.00 of tax each, and a book at 100.00 without; the guest pays 10.00 a ticket on top. */
beforeEach(async () => {
  const { eventId, types } = await world.sell(
    [
      { name: 'Dinner', price: 11_900, capacity: 9, taxRateId, transferable: true },
      { name: 'Book', price: 10_000, capacity: 9 },
    ],
    { ...IN_A_MONTH, currency: 'EUR' },
  );
  const rule = { scope: 'EVENT', eventId, payer: 'ATTENDEE', fixedAmount: 1_000n, rateBasisPoints: 0 } as const;
  await world.database.commissionConfig.create({
    data: { id: newId(), ...rule, currency: 'EUR', startsAt: new Date('2026-01-01') },
  });
  const items = [
    { ticketTypeId: types[0], quantity: 2 },
    { ticketTypeId: types[1], quantity: 1 },
  ];
  const { id: bookingId, admissions } = await world.ask<BookingAnswer>(ann, 'booking.create', { eventId, items });
  const paymentId = await world.pay(ann, bookingId);
  await world.capture(paymentId);
  await world.settle();
  const [first = '', second = '', book = ''] = admissions.map(({ id }) => id);
  sold = { bookingId, paymentId, dinners: [first, second], books: [book] };
});

const settle = async (): Promise<void> => {
  await world.settle();
  await answerRefunds(world.database, sold.paymentId);
  await world.settle();
  expect((await verifyBooks(world.database)).breaks).toEqual([]);
};

interface Shown {
  kind: string;
  lines: { quantity: number; description: string; net: { amountMinor: number }; tax: { amountMinor: number } }[];
  net: { amountMinor: number };
  tax: { amountMinor: number };
}

/** Credit notes of the payment, the earliest first: each line as text. */
const notes = async (): Promise<string[][]> => {
  const { items } = await world.ask<{ items: (Shown & { paymentId: string })[] }>(ann, 'invoice.list', {});
  return (
    items
      .filter(({ kind, paymentId }) => kind === 'CREDIT_NOTE' && paymentId === sold.paymentId)
      // A refund has a note of the host's, and for the fee one of the platform's.
      .toReversed()
      .map(({ lines }) =>
        lines.map(
          ({ quantity, description, net, tax }) => `${quantity} ${description} ${net.amountMinor} ${tax.amountMinor}`,
        ),
      )
  );
};

const cancel = (by: string, admissionIds?: string[]) =>
  world.ask<{ refund: { amountMinor: number } }>(by, 'booking.cancel', {
    bookingId: sold.bookingId,
    ...(admissionIds ? { admissionIds } : {}),
  });
const goodwill = (fields: object) => world.ask(host, 'refund.create', { paymentId: sold.paymentId, ...fields });

test('a ticket given back alone is credited with its own line and tax, and what it was quoted', async () => {
  const input = { bookingId: sold.bookingId, admissionIds: sold.books };
  const quote = await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.refundQuote', input);
  const { refund } = await cancel(ann, sold.books);
  expect([quote.refund.amountMinor, refund.amountMinor]).toEqual([10_000, 10_000]);
  await settle();
  expect(await notes()).toEqual([['1 Book -10000 0']]);
  await cancel(host, sold.dinners.slice(1));
  await settle();
  expect((await notes()).slice(1)).toEqual([['1 Dinner -10000 -1900'], ['1 Booking fee -1000 0']]);
});

test('goodwill for one ticket, and the rest of the booking after it, sum to what was paid', async () => {
  await goodwill({ participantId: sold.dinners[0], amountMinor: 1_190 });
  await settle();
  await goodwill({ amountMinor: 3_333 });
  await settle();
  await cancel(host);
  await settle();
  expect((await notes()).slice(0, 2)).toEqual([['1 Dinner -923 -175'], ['1 Booking fee -92 0']]);
  const rows = await world.database.invoice.findMany({ where: { paymentId: sold.paymentId } });
  expect(rows.reduce((sum, { totalAmount }) => sum + totalAmount, 0n)).toBe(0n);
  expect(rows.reduce((sum, { taxAmount }) => sum + taxAmount, 0n)).toBe(0n);
  expect(rows.find(({ kind }) => kind === 'TICKETS')).toMatchObject({ status: 'CREDITED' });
  const { _sum } = await world.database.refund.aggregate({
    where: { paymentId: sold.paymentId, status: 'SETTLED' },
    _sum: { commissionAmount: true, taxAmount: true },
  });
  expect(_sum).toEqual({ commissionAmount: 3_000n, taxAmount: 3_800n });
});

test('a ticket that was passed on is the ticket that was bought: what went back of it went back', async () => {
  const [dinner = ''] = sold.dinners;
  await goodwill({ participantId: dinner, amountMinor: 2_900 });
  await world.ask(ann, 'ticket.transfer', { admissionId: dinner, to: { userId: bob } });
  const admission = await world.database.eventParticipant.findFirstOrThrow({ where: { transferredFromId: dinner } });
  const more = { paymentId: sold.paymentId, participantId: admission.id, amountMinor: 10_001 };
  expect(await world.call(host, 'refund.create', more)).toMatchObject({ ok: false, error: { code: 'CONFLICT' } });
  expect((await cancel(host, [admission.id])).refund.amountMinor).toBe(10_000);
  await settle();
  const all = await world.database.invoice.findMany({ where: { paymentId: sold.paymentId, kind: 'CREDIT_NOTE' } });
  expect(all.reduce((sum, { taxAmount }) => sum + taxAmount, 0n)).toBe(-1_900n);
});

test('what a bank took back is credited once it is lost, and not before', async () => {
  const ref = await world.say(sold.paymentId, { about: 'dispute', status: 'OPENED', amountMinor: 3_680n });
  // Made at the provider while the bank decides.
  await world.say(sold.paymentId, { about: 'refund', status: 'SETTLED', amountMinor: 18_400n });
  await settle();
  expect(await notes()).toHaveLength(2);
  await world.say(sold.paymentId, { about: 'dispute', status: 'LOST', amountMinor: 3_680n, ref });
  await settle();
  const all = await world.database.invoice.findMany({ where: { paymentId: sold.paymentId } });
  expect(all).toHaveLength(6);
  expect(all.reduce((sum, { totalAmount }) => sum + totalAmount, 0n)).toBe(36_800n - 18_400n - 3_680n);
  const dispute = await world.database.dispute.findUniqueOrThrow({ where: { providerDisputeId: ref } });
  expect(all.map(({ disputeId }) => disputeId)).toContain(dispute.id);
});

test('more than was paid is taken back: tax and commission are given back once, and the invoice is credited once', async () => {
  const ref = await world.say(sold.paymentId, { about: 'dispute', status: 'OPENED' });
  await world.say(sold.paymentId, { about: 'refund', status: 'SETTLED', amountMinor: 20_000n });
  await world.say(sold.paymentId, { about: 'dispute', status: 'LOST', ref });
  await settle();
  const all = await world.database.invoice.findMany({ where: { paymentId: sold.paymentId } });
  expect(all.reduce((sum, { totalAmount }) => sum + totalAmount, 0n)).toBe(0n);
  const refund = await world.database.refund.findFirstOrThrow({ where: { paymentId: sold.paymentId } });
  const dispute = await world.database.dispute.findFirstOrThrow({ where: { paymentId: sold.paymentId } });
  expect(refund.taxAmount + dispute.taxAmount).toBe(3_800n);
  expect(refund.commissionAmount + dispute.commissionAmount).toBe(3_000n);
  const sources = [sold.paymentId, refund.id, dispute.id];
  const entries = await world.database.ledgerEntry.findMany({
    where: { journal: { sourceId: { in: sources } } },
    include: { account: true },
  });
  const sum = (kind: string) =>
    entries.filter(({ account }) => account.kind === kind).reduce((total, { amount }) => total + amount, 0n);
  expect([sum('TAX_PAYABLE'), sum('PLATFORM_COMMISSION'), sum('DISPUTE_RESERVE')]).toEqual([0n, 0n, 0n]);
});

test('a credit note whose refund failed after all is taken back, and the next refund has its own', async () => {
  await cancel(ann, sold.books);
  await settle();
  const { providerRefundId: ref, amount } = await world.database.refund.findFirstOrThrow({
    where: { paymentId: sold.paymentId },
  });
  const news = { about: 'refund', amountMinor: amount, ref: ref ?? '' } as const;
  for (const status of ['FAILED', 'SETTLED', 'FAILED'] as const) await world.say(sold.paymentId, { ...news, status });
  await settle();
  expect(await notes()).toEqual([['1 Book -10000 0'], ['1 Book 10000 0']]);
  await world.ask(host, 'refund.create', {
    paymentId: sold.paymentId,
    participantId: sold.books[0],
    amountMinor: 10_000,
  });
  await settle();
  expect((await notes()).slice(2)).toEqual([['1 Book -9091 0'], ['1 Booking fee -909 0']]);
  await goodwill({});
  await settle();
  const all = await world.database.invoice.findMany({ where: { paymentId: sold.paymentId } });
  expect(all.reduce((sum, { totalAmount }) => sum + totalAmount, 0n)).toBe(0n);
  expect(all.find(({ kind }) => kind === 'TICKETS')).toMatchObject({ status: 'CREDITED' });
});

test('the fee is the platform’s sale: the guest has bought both, the host has sold their own', async () => {
  type Listed = { kind: string; paymentId: string; seller: { userId: string | null }; total: { amountMinor: number } };
  const listed = async (by: string, as: string) => {
    const { items } = await world.ask<{ items: Listed[] }>(by, 'invoice.list', { as });
    return items
      .filter(({ paymentId }) => paymentId === sold.paymentId)
      .toReversed()
      .map(({ kind, seller, total }) => [kind, seller.userId, total.amountMinor]);
  };
  const tickets = ['TICKETS', host, 33_800];
  expect(await listed(ann, 'BUYER')).toEqual([tickets, ['FEE', null, 3_000]]);
  expect(await listed(host, 'SELLER')).toEqual([tickets]);
  expect(await listed(host, 'BUYER')).toEqual([]);
});

test('billing details of host and guest stand on the invoices, as text too', async () => {
  const billing = {
    ...{ legalName: 'Ann & Co', addressLines: ['Gendarmenmarkt 1'], postalCode: '10117', city: 'Berlin' },
    ...{ country: 'DE', taxNumber: '12/345/67890' },
  };
  expect(await world.ask(ann, 'billing.get', {})).toEqual({ billing: null });
  expect(await world.ask(ann, 'billing.set', { billing })).toEqual({ billing });
  expect(await world.ask(ann, 'billing.get', {})).toEqual({ billing });
  expect(await world.ask(bob, 'billing.get', {})).toEqual({ billing: null });
  for (const taxNumber of ['', 'DE', 'DE 12<3', '1'.repeat(41), 'DE12\n34']) {
    const refused = await world.call(ann, 'billing.set', { billing: { ...billing, taxNumber } });
    expect(refused).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } });
  }
  await world.ask(host, 'billing.set', { billing: { ...billing, legalName: 'Haus GmbH', taxNumber: 'ATU12345678' } });
  const sale = await world.sell([{ name: 'Seat', price: 5_000, capacity: 9 }], { ...IN_A_MONTH, currency: 'EUR' });
  const rule = {
    scope: 'EVENT',
    eventId: sale.eventId,
    payer: 'HOST',
    fixedAmount: 0n,
    rateBasisPoints: 1_000,
  } as const;
  await world.database.commissionConfig.create({
    data: { id: newId(), ...rule, currency: 'EUR', startsAt: new Date('2026-01-01') },
  });
  const paymentId = await world.pay(ann, (await world.book(ann, sale)).id);
  await world.capture(paymentId);
  await world.settle();
  await world.ask(ann, 'billing.set', { billing: null });
  await world.ask(host, 'billing.set', { billing: null });
  const [tickets, commission] = await world.database.invoice.findMany({ where: { paymentId }, orderBy: { id: 'asc' } });
  const printed = (by: string, invoiceId = '') => world.ask<{ text: string }>(by, 'invoice.document', { invoiceId });
  const { text } = await printed(ann, tickets?.id);
  for (const each of ['Seller   Haus GmbH', 'Tax number ATU12345678', 'Buyer    Ann & Co', 'Tax number 12/345/67890']) {
    expect(text).toContain(each);
  }
  expect((await printed(host, commission?.id)).text).toMatch(
    /Seller {3}Rally\nBuyer {4}Haus GmbH\n[\s\S]*Commission +5\.00 EUR/,
  );
  const forHost = await world.ask<{ items: object[] }>(host, 'invoice.list', { as: 'BUYER' });
  expect(forHost.items).toMatchObject([{ id: commission?.id, kind: 'COMMISSION', total: { amountMinor: 500 } }]);
  expect(await world.call(ann, 'invoice.get', { invoiceId: commission?.id })).toMatchObject({ ok: false });
});

test('a line of a statement names the event and the booking', async () => {
  const { items: accounts } = await world.ask<{ items: { id: string; kind: string }[] }>(host, 'ledger.accounts', {});
  const accountId = accounts.find(({ kind }) => kind === 'HOST_PENDING')?.id;
  const { reference, eventId } = await world.database.booking.findUniqueOrThrow({ where: { id: sold.bookingId } });
  await goodwill({ amountMinor: 1_000 });
  await settle();
  const { title } = await world.database.event.findUniqueOrThrow({ where: { id: eventId } });
  const span = { from: '2020-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', csv: true };
  const asked = { accountId, ...span };
  type Lines = { items: { kind: string; about: { bookingReference: string } | null }[]; csv: string };
  const { items, csv } = await world.ask<Lines>(host, 'ledger.statement', asked);
  const own = items.filter(({ about }) => about?.bookingReference === reference);
  expect(own.map(({ kind, about }) => [kind, about])).toEqual([
    ['CAPTURE', { eventId, eventTitle: title, bookingReference: reference }],
    ['REFUND', { eventId, eventTitle: title, bookingReference: reference }],
  ]);
  expect(csv).toContain(`,EUR,${title},${reference}`);
});
