import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findBooking } from '../../../../src/domains/events/booking/booking.reads.ts';
import { confirmBooking } from '../../../../src/domains/events/booking/confirm.steps.ts';
import { lockStock } from '../../../../src/domains/events/inventory/stock.writes.ts';
import { releaseEarnings } from '../../../../src/domains/payments/earning/release.writes.ts';
import { snapshotOf } from '../../../../src/domains/payments/payment/booked.rules.ts';
import { recordIn } from '../../../../src/platform/facts/record.ts';
import { answerRefunds } from '../support/answer-refunds.ts';
import { type BookingAnswer, type BookingWorld, openBookingWorld, type Sale } from '../support/booking-world.ts';
import { codeOf, errorOf } from '../support/event-world.ts';

let world: BookingWorld;
let host: string;
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await openBookingWorld();
  [host = '', ann = '', bob = ''] = world.people;
});
afterAll(() => world?.close());

const free = (fields: object = {}) => [{ name: 'Seat', price: 0, capacity: 2, ...fields }];
const paid = (fields: object = {}) => [{ name: 'Seat', price: 50_000, capacity: 2, ...fields }];
const HOUR = 3_600_000;
const inThreeDays = () => ({
  startDate: new Date(Date.now() + 72 * HOUR).toISOString(),
  endDate: new Date(Date.now() + 75 * HOUR).toISOString(),
});
const one = ({ eventId, types }: Sale) => ({ eventId, items: [{ ticketTypeId: types[0], quantity: 1 }] });

const counters = async (eventId: string) => {
  const event = await world.database.event.findUniqueOrThrow({
    where: { id: eventId },
    select: { held: true, sold: true, ticketTypes: { select: { held: true, sold: true } } },
  });
  return event;
};
const statusOf = async (id: string) =>
  (await world.database.booking.findUniqueOrThrow({ where: { id }, select: { status: true } })).status;

describe('claiming', () => {
  test('what is free is confirmed at once, with an admission for each human', async () => {
    const sale = await world.sell(free());
    const booking = await world.book(ann, sale, 2, { guests: [{ fullName: 'Guest of Ann' }] });
    expect(booking).toMatchObject({ status: 'CONFIRMED', holdExpiresAt: null, total: { amountMinor: 0 } });
    expect(booking.admissions.map(({ status, userId }) => [status, userId])).toEqual([
      ['ISSUED', ann],
      ['ISSUED', null],
    ]);
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 2, ticketTypes: [{ held: 0, sold: 2 }] });
    expect(codeOf(await world.call(bob, 'booking.create', one(sale)))).toBe('SOLD_OUT');
  });

  test('what costs money is held, paid and confirmed', async () => {
    const sale = await world.sell(paid());
    const booking = await world.book(ann, sale);
    expect(booking.status).toBe('HELD');
    expect(await counters(sale.eventId)).toMatchObject({ held: 1, sold: 0 });
    const paymentId = await world.pay(ann, booking.id);
    expect(await world.pay(ann, booking.id)).toBe(paymentId);
    await world.capture(paymentId);
    await world.settle();
    expect(await statusOf(booking.id)).toBe('CONFIRMED');
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 1, ticketTypes: [{ held: 0, sold: 1 }] });
    const tickets = await world.ask<{ admissionId: string; code: string; qrSvg: string }[]>(ann, 'booking.tickets', {
      bookingId: booking.id,
    });
    expect(tickets).toHaveLength(1);
    expect(tickets[0]?.code).toHaveLength(170);
    expect(tickets[0]?.qrSvg).toContain('<svg');
  });

  test('co-hosts have of a sale what was theirs when it was paid, whatever changes later', async () => {
    const sale = await world.sell(paid());
    const { eventId } = sale;
    const share = (shareBasisPoints: number) =>
      world.ask(host, 'host.setShare', { eventId, userId: bob, shareBasisPoints });
    await world.ask(host, 'host.invite', { eventId, userId: bob, role: 'CO_HOST' });
    await share(2_500);
    const sharesOf = async (by: string) => {
      const id = await world.pay(by, (await world.book(by, sale)).id);
      const payment = await world.database.payment.findUniqueOrThrow({ where: { id } });
      return { id, shares: snapshotOf(payment)?.shares };
    };
    const [cat = '', dan = ''] = await world.crowd(2);
    expect((await sharesOf(cat)).shares, 'who was asked and has not accepted has none').toEqual([]);
    await world.ask(bob, 'host.accept', { eventId });
    const sold = await sharesOf(dan);
    expect(sold.shares).toEqual([{ userId: bob, basisPoints: 2_500 }]);
    await share(0);
    await world.ask(host, 'host.remove', { eventId, userId: bob });
    await world.capture(sold.id);
    await world.settle();
    expect(await world.database.$transaction((tx) => releaseEarnings(tx, sold.id, new Date()))).toBe(true);
    const available = await world.database.ledgerAccount.findMany({ where: { kind: 'HOST_AVAILABLE' } });
    const of = (ownerId: string): bigint => available.find((account) => account.ownerId === ownerId)?.posted ?? 0n;
    expect(of(bob)).toBeGreaterThan(0n);
    expect(of(bob) * 3n - of(host)).toBeLessThan(4n);
    expect(of(host) - of(bob) * 3n).toBeLessThan(4n);
  });

  test('the event’s own capacity binds all types together', async () => {
    const sale = await world.sell(
      [
        { name: 'A', price: 0, capacity: 5 },
        { name: 'B', price: 0, capacity: 5 },
      ],
      { maxParticipants: 3 },
    );
    const items = [
      { ticketTypeId: sale.types[0], quantity: 2 },
      { ticketTypeId: sale.types[1], quantity: 2 },
    ];
    expect(codeOf(await world.call(ann, 'booking.create', { eventId: sale.eventId, items }))).toBe('SOLD_OUT');
    await world.book(ann, sale, 2);
    expect(codeOf(await world.call(bob, 'booking.create', { eventId: sale.eventId, items: items.slice(1) }))).toBe(
      'SOLD_OUT',
    );
  });

  test('the sale of a draft, a closed and a hidden type', async () => {
    const sale = await world.sell([
      { name: 'Open', price: 0 },
      { name: 'Later', price: 0, salesStartAt: new Date(Date.now() + HOUR).toISOString() },
      { name: 'Hidden', price: 0, visibility: 'WITH_CODE' },
      { name: 'Once', price: 0, oneActivePerUser: true },
    ]);
    const { eventId } = sale;
    const order = (place: number, more: object = {}) => ({
      eventId,
      items: [{ ticketTypeId: sale.types[place], quantity: 1 }],
      ...more,
    });
    expect(codeOf(await world.call(ann, 'booking.create', order(1)))).toBe('SALE_CLOSED');
    expect(errorOf(await world.call(ann, 'booking.create', order(2))).issues?.[0]?.path).toBe('items.0.ticketTypeId');
    await world.ask(host, 'promoCode.create', { eventId, code: 'FRIENDS', kind: 'FREE_TICKET' });
    expect(await world.ask<BookingAnswer>(ann, 'booking.create', order(2, { promoCode: 'friends' }))).toMatchObject({
      status: 'CONFIRMED',
    });
    await world.ask(ann, 'booking.create', order(3));
    expect(codeOf(await world.call(ann, 'booking.create', order(3)))).toBe('ALREADY_BOOKED');
    const { id } = await world.ask(host, 'event.create', {
      title: 'x',
      description: '',
      startDate: new Date(Date.now() + HOUR).toISOString(),
      endDate: new Date(Date.now() + 2 * HOUR).toISOString(),
    });
    expect(codeOf(await world.call(ann, 'booking.create', { ...order(0), eventId: id }))).toBe('NOT_FOUND');
  });
});

describe('a hold that is over', () => {
  test('is dead for every claim, with no sweeper', async () => {
    const sale = await world.sell(paid({ capacity: 1 }));
    const first = await world.book(ann, sale);
    await world.pass(sale.eventId, HOUR);
    expect((await world.ask<BookingAnswer>(ann, 'booking.get', { bookingId: first.id })).status).toBe('EXPIRED');
    expect(codeOf(await world.call(ann, 'booking.pay', { bookingId: first.id, method: 'CARD' }))).toBe('HOLD_EXPIRED');
    expect((await world.book(bob, sale)).status).toBe('HELD');
    expect(await counters(sale.eventId)).toMatchObject({ held: 1, sold: 0, ticketTypes: [{ held: 1, sold: 0 }] });
  });

  test('confirms nothing, whoever asks and though nobody has swept it (I3)', async () => {
    const sale = await world.sell(paid({ capacity: 1 }));
    const { id } = await world.book(ann, sale);
    await world.pass(sale.eventId, HOUR);
    const isConfirmed = await world.database.$transaction(async (tx) => {
      const [stock, booking] = [await lockStock(tx, sale.eventId), await findBooking(tx, id)];
      if (!stock || !booking) throw new Error('nothing was sold');
      return confirmBooking({ tx, record: recordIn(tx), sealing: world.platform.sealing, stock }, booking);
    });
    expect(isConfirmed).toBe(false);
    expect(await counters(sale.eventId)).toMatchObject({ held: 1, sold: 0 });
  });

  test('late money claims again where there are seats, and goes back where there are none', async () => {
    const sale = await world.sell(paid({ capacity: 1 }));
    const first = await world.book(ann, sale);
    const payment = await world.pay(ann, first.id);
    await world.pass(sale.eventId, HOUR);
    await world.runJob('booking.sweepExpired');
    expect(await statusOf(first.id)).toBe('EXPIRED');
    await world.capture(payment);
    await world.settle();
    expect(await statusOf(first.id)).toBe('CONFIRMED');

    const other = await world.sell(paid({ capacity: 1 }));
    const late = await world.book(ann, other);
    const latePayment = await world.pay(ann, late.id);
    await world.pass(other.eventId, HOUR);
    await world.book(bob, other);
    await world.capture(latePayment);
    await world.settle();
    expect(await statusOf(late.id)).toBe('EXPIRED');
    const refunds = await world.database.refund.findMany({ where: { paymentId: latePayment } });
    expect(refunds.map(({ amount, reason }) => [amount, reason])).toEqual([[50_000n, 'LATE_PAYMENT']]);
    expect(await counters(other.eventId)).toMatchObject({ held: 1, sold: 0 });
  });
});

describe('giving up', () => {
  test('by the policy that was in force, ticket by ticket or all that is left', async () => {
    const sale = await world.sell(paid({ capacity: 4 }), inThreeDays());
    const booking = await world.book(ann, sale, 3);
    await world.capture(await world.pay(ann, booking.id));
    await world.settle();
    const [given] = booking.admissions;
    const quote = await world.ask<{ refund: { amountMinor: number } }>(ann, 'booking.refundQuote', {
      bookingId: booking.id,
      admissionIds: [given?.id],
    });
    expect(quote.refund.amountMinor).toBe(50_000);
    const part = await world.ask<{ booking: BookingAnswer; refund: { amountMinor: number } }>(ann, 'booking.cancel', {
      bookingId: booking.id,
      admissionIds: [given?.id],
    });
    expect(part).toMatchObject({ booking: { status: 'CONFIRMED' }, refund: { amountMinor: 50_000 } });
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 2, ticketTypes: [{ held: 0, sold: 2 }] });
    expect(codeOf(await world.call(ann, 'booking.cancel', { bookingId: booking.id, admissionIds: [given?.id] }))).toBe(
      'CONFLICT',
    );
    const whole = await world.ask<{ booking: BookingAnswer; refund: { amountMinor: number } }>(ann, 'booking.cancel', {
      bookingId: booking.id,
    });
    expect(whole).toMatchObject({ booking: { status: 'CANCELLED' }, refund: { amountMinor: 100_000 } });
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 0 });
    const revoked = await world.database.ticketRevocation.count({ where: { eventId: sale.eventId } });
    expect(revoked).toBe(3);
  });

  test('by the policy, price, tax, fee and currency that it was booked by (I9)', async () => {
    const admin = { userId: world.people[9] ?? '', role: 'ADMIN' };
    const half = { name: 'Half', steps: [{ hoursBefore: 24, refundBasisPoints: 5_000 }] };
    const { id: cancellationPolicyId } = await world.ask(host, 'cancellationPolicy.create', half);
    const rate = { kind: 'VAT', country: 'DE', region: 'I9', name: 'VAT', isInclusive: true } as const;
    const { id: taxRateId } = await world.ask(admin, 'taxRate.create', { ...rate, rateBasisPoints: 2_000 });
    const sale = await world.sell(paid({ taxRateId }), { ...inThreeDays(), cancellationPolicyId, currency: 'EUR' });
    const { eventId } = sale;
    const fee = { scope: 'EVENT', targetId: eventId, payer: 'ATTENDEE', rateBasisPoints: 0, currency: 'EUR' };
    await world.ask(admin, 'commission.set', { ...fee, fixedMinor: 3_000 });
    const booking = await world.book(ann, sale);

    const { id: nothing } = await world.ask(host, 'cancellationPolicy.create', { name: 'Nothing', steps: [] });
    await world.ask(host, 'event.edit', { eventId, cancellationPolicyId: nothing });
    const changed = { eventId, ticketTypeId: sale.types[0], price: 90_000, taxRateId: null };
    await world.ask(host, 'ticketType.edit', changed);
    await world.ask(admin, 'taxRate.create', { ...rate, rateBasisPoints: 500 });
    await world.ask(admin, 'commission.set', { ...fee, fixedMinor: 100 });
    await world.database.event.update({ where: { id: eventId }, data: { currency: 'USD' } });

    const paymentId = await world.pay(ann, booking.id);
    await world.capture(paymentId);
    await world.settle();
    const given = await world.ask<{ refund: object }>(ann, 'booking.cancel', { bookingId: booking.id });
    expect(given.refund).toEqual({ amountMinor: 25_000, currency: 'EUR' });
    await answerRefunds(world.database, paymentId);
    const refund = await world.database.refund.findFirstOrThrow({ where: { paymentId } });
    expect(refund).toMatchObject({ amount: 25_000n, currency: 'EUR', taxAmount: 4_166n, commissionAmount: 0n });
  });

  test('a hold is released with its payment given up', async () => {
    const sale = await world.sell(paid());
    const booking = await world.book(ann, sale);
    const paymentId = await world.pay(ann, booking.id);
    await world.ask(ann, 'booking.cancel', { bookingId: booking.id });
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 0 });
    const payment = await world.database.payment.findUniqueOrThrow({ where: { id: paymentId } });
    expect(payment.status).toBe('CANCELLED');
  });

  test('a cancelled event gives everything back', async () => {
    const sale = await world.sell(paid({ capacity: 10 }));
    const sold = await world.book(ann, sale, 2);
    await world.capture(await world.pay(ann, sold.id));
    await world.settle();
    const held = await world.book(bob, sale);
    await world.ask(host, 'event.cancel', { eventId: sale.eventId, reason: 'WEATHER' });
    await world.settle();
    expect([await statusOf(sold.id), await statusOf(held.id)]).toEqual(['CANCELLED', 'CANCELLED']);
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 0 });
    const refunds = await world.database.refund.findMany({ where: { bookingId: sold.id } });
    expect(refunds.reduce((sum, { amount }) => sum + amount, 0n)).toBe(100_000n);
    expect(codeOf(await world.call(bob, 'booking.create', one(sale)))).toBe('SALE_CLOSED');
  });

  test('a cancelled event gives everything back also when nobody heard of it', async () => {
    const sale = await world.sell(paid({ capacity: 10 }));
    const sold = await world.book(ann, sale, 2);
    await world.capture(await world.pay(ann, sold.id));
    await world.settle();
    await world.ask(host, 'event.cancel', { eventId: sale.eventId, reason: 'WEATHER' });
    await world.database.$executeRaw`UPDATE outbox_events SET relayed_at = now() WHERE name = 'event.cancelled'`;
    await world.settle();
    await world.runJob('booking.sweepCancelled');
    expect(await statusOf(sold.id)).toBe('CONFIRMED');
    await world.database.$executeRaw`
      UPDATE events SET cancelled_at = now() - interval '5 minutes' WHERE id = ${sale.eventId}::uuid`;
    await world.runJob('booking.sweepCancelled');
    expect(await statusOf(sold.id)).toBe('CANCELLED');
    const refunds = await world.database.refund.findMany({ where: { bookingId: sold.id } });
    expect(refunds.reduce((sum, { amount }) => sum + amount, 0n)).toBe(100_000n);
  });

  test('nobody waits for ever for seats of a cancelled event, also when nobody heard of it', async () => {
    const sale = await world.sell(free({ capacity: 1 }));
    await world.book(ann, sale);
    const entry = { eventId: sale.eventId, ticketTypeId: sale.types[0] };
    await world.ask(bob, 'waitlist.join', entry);
    const waiting = () => world.database.waitlist.count({ where: { eventId: sale.eventId, status: 'WAITING' } });
    // As if the fact had ended the bookings, and had died before the list.
    await world.database.$executeRaw`
      UPDATE events SET status = 'CANCELLED', cancelled_at = now() - interval '5 minutes' WHERE id = ${sale.eventId}::uuid`;
    await world.database.$executeRaw`
      UPDATE bookings SET status = 'CANCELLED', cancelled_at = now() WHERE event_id = ${sale.eventId}::uuid`;
    expect(await waiting()).toBe(1);
    await world.runJob('booking.sweepCancelled');
    expect(await waiting()).toBe(0);
  });
});

describe('requests', () => {
  test('claim when they are approved, and only then', async () => {
    const sale = await world.sell(free({ capacity: 1 }), { approvalMode: 'MANUAL' });
    const [first, two] = [await world.book(ann, sale), await world.book(bob, sale)];
    expect([first.status, two.status]).toEqual(['REQUESTED', 'REQUESTED']);
    expect(await counters(sale.eventId)).toMatchObject({ held: 0, sold: 0 });
    expect(codeOf(await world.call(ann, 'booking.approve', { bookingId: first.id }))).toBe('FORBIDDEN');
    expect((await world.ask<BookingAnswer>(host, 'booking.approve', { bookingId: first.id })).status).toBe('CONFIRMED');
    expect(codeOf(await world.call(host, 'booking.approve', { bookingId: two.id }))).toBe('SOLD_OUT');
    expect((await world.ask<BookingAnswer>(bob, 'booking.withdraw', { bookingId: two.id })).status).toBe('WITHDRAWN');
    expect(codeOf(await world.call(host, 'booking.reject', { bookingId: two.id }))).toBe('CONFLICT');
  });
});

test('tickets pass on, and the old code dies', async () => {
  const sale = await world.sell(free());
  const booking = await world.book(ann, sale);
  const admissionId = booking.admissions[0]?.id;
  const passed = await world.ask<{ id: string; userId: string }>(ann, 'ticket.transfer', {
    admissionId,
    to: { userId: bob },
  });
  expect(passed.userId).toBe(bob);
  const theirs = await world.ask<{ admissionId: string }[]>(bob, 'booking.tickets', { bookingId: booking.id });
  expect(theirs.map((ticket) => ticket.admissionId)).toEqual([passed.id]);
  expect(await world.ask(ann, 'booking.tickets', { bookingId: booking.id })).toEqual([]);
  const [revoked] = await world.database.ticketRevocation.findMany({ where: { eventId: sale.eventId } });
  expect(revoked).toMatchObject({ participantId: admissionId, minGeneration: 2, reason: 'TRANSFERRED', epoch: 1 });
  expect(codeOf(await world.call(ann, 'ticket.transfer', { admissionId, to: { userId: ann } }))).not.toBe('OK');
  expect((await counters(sale.eventId)).sold).toBe(1);
});
