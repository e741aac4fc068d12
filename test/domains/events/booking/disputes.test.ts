import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../../src/platform/ids.ts';
import { type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { brokenAlways, brokenAtRest } from '../support/books-of-seats.ts';
import { codeOf, errorOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = ''] = world.people;
});
afterAll(() => world?.close());

interface Sold {
  sale: Sale;
  bookingId: string;
  paymentId: string;
  admissionIds: string[];
}

/** Far enough away for all of a price to go back. */
const IN_A_MONTH = {
  startDate: new Date(Date.now() + 30 * 86_400_000).toISOString(),
  endDate: new Date(Date.now() + 31 * 86_400_000).toISOString(),
};

/** Two seats at 250.00, paid and confirmed. */
const sold = async (): Promise<Sold> => {
  const sale = await world.sell([{ name: 'Seat', price: 25_000, capacity: 4 }], IN_A_MONTH);
  const { id: bookingId, admissions } = await world.book(ann, sale, 2);
  const paymentId = await world.pay(ann, bookingId);
  await world.capture(paymentId);
  await world.settle();
  return { sale, bookingId, paymentId, admissionIds: admissions.map(({ id }) => id) };
};

const bookingOf = (id: string) => world.database.booking.findUniqueOrThrow({ where: { id } });
const refundsOf = async (paymentId: string) => {
  const rows = await world.database.refund.findMany({ where: { paymentId }, orderBy: { id: 'asc' } });
  return rows.map(({ status, amount, reason }) => [status, amount, reason]);
};
const codes = (bookingId: string) =>
  world.ask<{ admissionId: string; code: string }[]>(ann, 'booking.tickets', { bookingId });
const soldSeats = async ({ eventId }: Sale) =>
  (await world.database.event.findUniqueOrThrow({ where: { id: eventId }, select: { sold: true } })).sold;
const quoted = async (bookingId: string, admissionIds?: string[]) =>
  (
    await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.refundQuote', {
      bookingId,
      ...(admissionIds ? { admissionIds } : {}),
    })
  ).refund.amountMinor;
const expectRight = async ({ eventId }: Sale) => {
  expect(await brokenAlways(world.database, eventId)).toEqual([]);
  expect(await brokenAtRest(world.database, eventId)).toEqual([]);
};

describe('all of a payment disputed', () => {
  test('suspends its tickets, and a dispute that is won gives them new codes', async () => {
    const { sale, bookingId, paymentId, admissionIds } = await sold();
    const before = await codes(bookingId);
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
    // Even before events have heard of it nobody is given a code, or passes a ticket on.
    expect(codeOf(await world.call(ann, 'booking.tickets', { bookingId }))).toBe('CONFLICT');
    await world.settle();
    const admissionId = admissionIds[0];
    expect(codeOf(await world.call(ann, 'ticket.transfer', { admissionId, to: { fullName: 'Bo' } }))).toBe('CONFLICT');
    expect(codeOf(await world.call(ann, 'ticket.regenerate', { admissionId }))).toBe('CONFLICT');
    const revoked = await world.database.ticketRevocation.findMany({ where: { eventId: sale.eventId } });
    expect(revoked.map(({ participantId, minGeneration }) => [participantId, minGeneration]).sort()).toEqual(
      admissionIds.map((id) => [id, 2]).sort(),
    );
    expect(await soldSeats(sale)).toBe(2);
    await world.say(paymentId, { about: 'dispute', status: 'WON', ref });
    await world.settle();
    const after = await codes(bookingId);
    expect(after.map((ticket) => ticket.admissionId)).toEqual(before.map((ticket) => ticket.admissionId));
    expect(after.every(({ code }) => !before.some((ticket) => ticket.code === code))).toBe(true);
    const generations = await world.database.eventParticipant.findMany({ where: { bookingId } });
    expect(generations.map(({ generation }) => generation)).toEqual([2, 2]);
    await expectRight(sale);
  });

  test('and lost cancels the booking and frees its seats, and nothing goes back a second time', async () => {
    const { sale, bookingId, paymentId } = await sold();
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
    await world.say(paymentId, { about: 'dispute', status: 'LOST', ref });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'CANCELLED', cancellationReason: 'DISPUTE_LOST' });
    expect(await soldSeats(sale)).toBe(0);
    await world.ask(host, 'event.cancel', { eventId: sale.eventId, reason: 'WEATHER' });
    await world.settle();
    expect(await refundsOf(paymentId)).toEqual([]);
    await expectRight(sale);
  });

  test('before a host cancels the event: the bank pays, not we', async () => {
    const { sale, bookingId, paymentId } = await sold();
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
    await world.ask(host, 'event.cancel', { eventId: sale.eventId, reason: 'WEATHER' });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'CANCELLED' });
    expect(await refundsOf(paymentId)).toEqual([['FAILED', 50_000n, 'EVENT_CANCELLED']]);
    await world.say(paymentId, { about: 'dispute', status: 'LOST', ref });
    await world.settle();
    expect(await refundsOf(paymentId)).toEqual([['FAILED', 50_000n, 'EVENT_CANCELLED']]);
    const open = await world.database.reconciliationBreak.count({ where: { paymentId, status: 'OPEN' } });
    expect(open).toBe(0);
    await expectRight(sale);
  });

  test('before its buyer cancels: nothing goes back until the dispute is won', async () => {
    const { sale, bookingId, paymentId } = await sold();
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
    expect(await quoted(bookingId)).toBe(0);
    const given = await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.cancel', { bookingId });
    expect(given.refund.amountMinor).toBe(0);
    await world.say(paymentId, { about: 'dispute', status: 'WON', ref });
    expect(await refundsOf(paymentId)).toEqual([
      ['FAILED', 50_000n, 'BY_ATTENDEE'],
      ['REQUESTED', 50_000n, 'BY_ATTENDEE'],
    ]);
    await world.settle();
    await expectRight(sale);
  });

  test('before it bought anything buys nothing, and what it was for when it is won', async () => {
    const sale = await world.sell([{ name: 'Seat', price: 25_000, capacity: 1 }], IN_A_MONTH);
    const { id: bookingId } = await world.book(ann, sale);
    const paymentId = await world.pay(ann, bookingId);
    await world.capture(paymentId);
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED' });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'AWAITING_PAYMENT' });
    await world.say(paymentId, { about: 'dispute', status: 'WON', ref });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'CONFIRMED' });
    await expectRight(sale);
  });
});

describe('a part of a payment disputed', () => {
  test('leaves the tickets, and less to send back', async () => {
    const { sale, bookingId, paymentId, admissionIds } = await sold();
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED', amountMinor: 30_000n });
    await world.settle();
    expect(await codes(bookingId)).toHaveLength(2);
    expect(await quoted(bookingId)).toBe(20_000);
    expect(await quoted(bookingId, admissionIds.slice(0, 1))).toBe(20_000);
    const given = await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.cancel', { bookingId });
    expect(given.refund.amountMinor).toBe(20_000);
    await world.say(paymentId, { about: 'dispute', status: 'LOST', amountMinor: 30_000n, ref });
    await world.settle();
    await expectRight(sale);
  });

  test('and lost is the host’s loss: the tickets stay', async () => {
    const { sale, bookingId, paymentId } = await sold();
    const ref = await world.say(paymentId, { about: 'dispute', status: 'OPENED', amountMinor: 10_000n });
    await world.say(paymentId, { about: 'dispute', status: 'LOST', amountMinor: 10_000n, ref });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'CONFIRMED' });
    expect(await quoted(bookingId)).toBe(40_000);
    await expectRight(sale);
  });
});

describe('money sent back before anything was given for it', () => {
  test('in part: the rest goes back as well when the booking was given up', async () => {
    const sale = await world.sell([{ name: 'Seat', price: 25_000, capacity: 1 }], IN_A_MONTH);
    const { id: bookingId } = await world.book(ann, sale);
    const paymentId = await world.pay(ann, bookingId);
    await world.capture(paymentId);
    await world.ask(host, 'refund.create', { paymentId, amountMinor: 5_000 });
    await world.ask(ann, 'booking.cancel', { bookingId });
    await world.settle();
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'CANCELLED' });
    expect(await refundsOf(paymentId)).toEqual([
      ['REQUESTED', 5_000n, 'GOODWILL'],
      ['REQUESTED', 20_000n, 'LATE_PAYMENT'],
    ]);
    await expectRight(sale);
  });

  test('for one ticket: giving that ticket up sends back what is left of its price', async () => {
    const { bookingId, paymentId, admissionIds, sale } = await sold();
    const [participantId = ''] = admissionIds;
    await world.ask(host, 'refund.create', { paymentId, participantId, amountMinor: 4_000 });
    expect(await quoted(bookingId, [participantId])).toBe(21_000);
    const given = await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.cancel', {
      bookingId,
      admissionIds: [participantId],
    });
    expect(given.refund.amountMinor).toBe(21_000);
    await expectRight(sale);
  });
});

describe('money that buys nothing goes back', () => {
  /** A payment that a provider was asked for by some other way than ours. */
  const another = async (bookingId: string, eventId: string, amount: bigint): Promise<string> => {
    const id = newId();
    const of = { id, userId: ann, eventId, bookingId, amount, providerPaymentId: `sbx_${id.replaceAll('-', '')}` };
    await world.database.payment.create({ data: { ...of, commissionSnapshot: { hostId: host } } });
    await world.capture(id);
    await world.settle();
    return id;
  };

  test('I6: a second payment for one booking, as a duplicate', async () => {
    const { sale, bookingId, paymentId } = await sold();
    const second = await another(bookingId, sale.eventId, 50_000n);
    expect(await refundsOf(second)).toEqual([['REQUESTED', 50_000n, 'DUPLICATE']]);
    expect(await refundsOf(paymentId)).toEqual([]);
    await expectRight(sale);
  });

  test('I6: an amount that is not the booking’s price', async () => {
    const sale = await world.sell([{ name: 'Seat', price: 25_000, capacity: 1 }], IN_A_MONTH);
    const { id: bookingId } = await world.book(ann, sale);
    const paymentId = await another(bookingId, sale.eventId, 24_999n);
    expect(await bookingOf(bookingId)).toMatchObject({ status: 'HELD' });
    expect(await refundsOf(paymentId)).toEqual([['REQUESTED', 24_999n, 'LATE_PAYMENT']]);
  });
});

test('an order that costs more than one payment takes is refused by name, and a price alone as well', async () => {
  const sale = await world.sell([{ name: 'Seat', price: 99_999_999, capacity: 10 }], IN_A_MONTH);
  const items = [{ ticketTypeId: sale.types[0], quantity: 2 }];
  for (const operation of ['booking.quote', 'booking.create']) {
    const answer = await world.call(ann, operation, { eventId: sale.eventId, items });
    expect([codeOf(answer), errorOf(answer).issues?.[0]?.path]).toEqual(['INVALID_INPUT', 'items']);
  }
  const dear = { eventId: sale.eventId, name: 'Dear', price: 100_000_000 };
  expect(codeOf(await world.call(host, 'ticketType.create', dear))).toBe('INVALID_INPUT');
});

test('in dinars prices, discounts and refunds are in steps that a provider takes', async () => {
  const fields = { ...IN_A_MONTH, currency: 'KWD' };
  const sale = await world.sell([{ name: 'Seat', price: 5_010, capacity: 10 }], fields);
  const { eventId } = sale;
  const off = { eventId, name: 'Off', price: 5_005 };
  expect(errorOf(await world.call(host, 'ticketType.create', off)).issues?.[0]?.path).toBe('price');
  await world.ask(host, 'promoCode.create', { eventId, code: 'HALF', kind: 'PERCENT', percentBasisPoints: 5_000 });
  const booking = await world.book(ann, sale, 3, { promoCode: 'HALF' });
  expect(booking.total.amountMinor % 10).toBe(0);
  expect(booking.admissions.every(({ paid }) => paid.amountMinor % 10 === 0)).toBe(true);
  expect(booking.admissions.reduce((sum, { paid }) => sum + paid.amountMinor, 0)).toBe(booking.total.amountMinor);
});
