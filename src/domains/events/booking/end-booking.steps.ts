import type { BookingCancellationReason, RefundInitiator, RefundReason } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import { paymentByHand } from '../../payments/api.ts';
import { cancelOpenPayments, refundOwed } from '../../payments/api.writes.ts';
import { bookingCancelled } from '../facts.ts';
import { releaseSeats, returnSeats } from '../inventory/seats.writes.ts';
import { moveUses } from '../promo-code/promo.writes.ts';
import { revokeTickets } from '../ticket/revocation.writes.ts';
import { type BookingRecord, HOLDING, holdersOf, isLive } from './booking.rules.ts';
import { cancelAdmissions, cancelAdmissionsOf, moveBookings, settleHolds, shrinkHolds } from './booking.writes.ts';
import type { Confirming } from './confirm.steps.ts';
import { tellFreed } from './expire.steps.ts';
import { type CancelPlan, wishesOf } from './quote-refund.ts';

export interface Ending {
  reason: BookingCancellationReason;
  /** Null: the platform, by rule. */
  cancelledById: string | null;
}

type Parts = Pick<Confirming, 'tx' | 'record' | 'stock'>;

/** Gives up a booking that was not sold: its seats and codes are free, an open payment is given up too. */
export const cancelUnsold = async (
  parts: Parts,
  booking: BookingRecord,
  { reason, cancelledById }: Ending,
): Promise<void> => {
  const { tx, record, stock } = parts;
  const { now, event } = stock;
  const [moved] = await moveBookings(tx, [booking.id], {
    from: [...HOLDING, 'REQUESTED'],
    to: 'CANCELLED',
    now,
    cancelledById,
    reason,
  });
  if (moved === undefined) throw new AppError('CONFLICT', 'The booking is not what it was.');
  const seats = await settleHolds(tx, [booking.id], 'RELEASED');
  await releaseSeats(tx, event.id, seats);
  await moveUses(tx, 'release', [booking.id]);
  await cancelOpenPayments(tx, record, { bookingId: booking.id, now });
  await cancelAdmissionsOf(tx, [booking.id], now);
  await record(bookingCancelled, {
    ...namesOf(parts, booking),
    quantity: booking.quantity,
    admissionIds: booking.admissions.map(({ id }) => id),
    userIds: holdersOf(booking.admissions),
    isWhole: true,
    wasConfirmed: false,
    reason,
    refundMinor: 0,
  });
  await tellFreed(record, event.id, seats);
};

/**
 * Gives up sold tickets by a plan: their codes die, their seats are free, the money goes back.
 * @returns what goes back
 */
export const cancelSold = async (
  parts: Parts,
  booking: BookingRecord,
  { plan, reason, cancelledById }: Ending & { plan: CancelPlan },
): Promise<bigint> => {
  const { tx, record, stock } = parts;
  const { now, event } = stock;
  const given = plan.admissions.map(({ admission }) => admission);
  const ids = given.map(({ id }) => id);
  const cancelled = await cancelAdmissions(tx, ids, now);
  if (cancelled.length !== ids.length) throw new AppError('CONFLICT', 'The booking is not what it was.');
  const seats = countByType(given);
  await shrinkHolds(tx, booking.id, seats);
  await returnSeats(tx, event.id, seats);
  await revokeTickets(tx, given, { eventId: event.id, reason: 'CANCELLED', now });
  if (plan.isWhole) {
    await moveBookings(tx, [booking.id], { from: ['CONFIRMED'], to: 'CANCELLED', now, cancelledById, reason });
  }
  const refundMinor = await payBack(parts, booking, { plan, reason, cancelledById });
  if (plan.isWhole && isFullRefund(plan)) await moveUses(tx, 'restore', [booking.id]);
  await record(bookingCancelled, {
    ...namesOf(parts, booking),
    quantity: given.length,
    admissionIds: ids,
    userIds: withoutTickets(booking, given),
    isWhole: plan.isWhole,
    wasConfirmed: true,
    reason,
    refundMinor: Number(refundMinor),
    isRefundByHand: await isPaidByHand(tx, booking),
  });
  await tellFreed(record, event.id, seats);
  return refundMinor;
};

const namesOf = ({ stock }: Parts, booking: BookingRecord) => ({
  eventId: stock.event.id,
  hostId: stock.event.hostId,
  bookingId: booking.id,
  userId: booking.userId,
  currency: booking.currency,
  cancelledAt: stock.now.toISOString(),
});

const isPaidByHand = async (tx: Parts['tx'], { price }: BookingRecord): Promise<boolean> =>
  price.paidBy !== undefined && (await paymentByHand(tx, price.paidBy)) !== null;

const isFullRefund = ({ refundMinor, paidMinor }: CancelPlan): boolean => refundMinor === paidMinor;

const countByType = (admissions: readonly { ticketTypeId: string }[]) => {
  const counts = new Map<string, number>();
  for (const { ticketTypeId } of admissions) counts.set(ticketTypeId, (counts.get(ticketTypeId) ?? 0) + 1);
  return [...counts].map(([ticketTypeId, quantity]) => ({ ticketTypeId, quantity }));
};

/** Accounts that hold no ticket of this booking any more. */
const withoutTickets = (booking: BookingRecord, given: readonly { id: string; userId: string | null }[]): string[] => {
  const gone = new Set(given.map(({ id }) => id));
  const left = new Set(holdersOf(booking.admissions.filter((each) => isLive(each) && !gone.has(each.id))));
  return holdersOf(given).filter((userId) => !left.has(userId));
};

const REFUND_REASONS: Partial<Record<BookingCancellationReason, RefundReason>> = {
  BY_ATTENDEE: 'BY_ATTENDEE',
  BY_HOST: 'BY_HOST',
  EVENT_CANCELLED: 'EVENT_CANCELLED',
  FRAUD: 'FRAUD',
};
const INITIATORS: Partial<Record<BookingCancellationReason, RefundInitiator>> = {
  BY_ATTENDEE: 'ATTENDEE',
  BY_HOST: 'HOST',
  EVENT_CANCELLED: 'HOST',
};

/**
 * One refund for a whole booking, one a ticket for a part of it: as much as is left of the payment. What was sent back
 * before does not go back twice, and what a bank wants back waits for the bank.
 */
const payBack = async (
  { tx, record, stock }: Parts,
  booking: BookingRecord,
  { plan, reason, cancelledById }: Ending & { plan: CancelPlan },
): Promise<bigint> => {
  const { paidBy: paymentId } = booking.price;
  if (paymentId === undefined) return 0n;
  const asked = {
    paymentId,
    bookingId: booking.id,
    reason: REFUND_REASONS[reason] ?? 'GOODWILL',
    initiator: INITIATORS[reason] ?? 'PLATFORM',
    requestedById: cancelledById,
    now: stock.now,
  } as const;
  let sent = 0n;
  for (const wish of wishesOf(plan)) {
    if (wish.amountMinor > 0n) sent += await refundOwed(tx, record, { ...asked, ...wish });
  }
  return sent;
};
