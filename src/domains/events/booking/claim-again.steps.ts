import { AppError } from '../../../kernel/errors.ts';
import { capacityChanged } from '../facts.ts';
import { claimSeats } from '../inventory/seats.writes.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { type Promo, spentBy, unknownCode } from '../promo-code/promo.ts';
import { claimUses, lockPromos } from '../promo-code/promo.writes.ts';
import { exclusiveClaims } from './booking.reads.ts';
import { type BookingRecord, seatsOf, takenOffBy } from './booking.rules.ts';
import { holdAgain, moveBookings } from './booking.writes.ts';
import type { Confirming } from './confirm.steps.ts';
import { closedEvent } from './order.rules.ts';
import { createTally } from './tally.rules.ts';

interface Claim {
  /** Statuses it may be claimed from. */
  from: readonly BookingRecord['status'][];
  holdExpiresAt: Date;
  decidedById?: string;
  /** Codes count again: a late payment claims one that is used up by now without it, at the price it was sold for (P6). */
  isCodeDemanded: boolean;
}

/**
 * Claims the seats of a booking that holds none, at the price it has, under the event's lock: an approved request, or one
 * whose payment came late.
 * @returns the booking as it is held then
 * @throws SALE_CLOSED, SOLD_OUT, ALREADY_BOOKED, PROMO_EXHAUSTED; then nothing was changed
 */
export const claimAgain = async (parts: Confirming, booking: BookingRecord, claim: Claim): Promise<BookingRecord> => {
  const { tx, record, stock } = parts;
  await refuseUnfit(parts, booking);
  const promo = await promoOf(parts, booking, claim);
  if (!(await claimSeats(tx, stock.event.id, seatsOf(booking)))) throw new Error('the seats were free and are not');
  const { from, holdExpiresAt, decidedById } = claim;
  const move = { from, to: 'HELD' as const, now: stock.now, holdExpiresAt };
  const [moved] = await moveBookings(tx, [booking.id], decidedById === undefined ? move : { ...move, decidedById });
  if (moved === undefined) throw new AppError('CONFLICT', 'The booking is not what it was.');
  const held: BookingRecord = { ...booking, status: 'HELD', holdExpiresAt, confirmedAt: null };
  await holdAgain(tx, held);
  if (promo) await claimUses(tx, [useOf(held, promo)]);
  await record(capacityChanged, { eventId: stock.event.id });
  return { ...held, admissions: held.admissions.map((admission) => ({ ...admission, status: 'RESERVED' })) };
};

const refuseUnfit = async ({ tx, stock }: Confirming, booking: BookingRecord): Promise<void> => {
  const seats = seatsOf(booking);
  // Its price and terms are its own; what counts is whether there are seats to be had.
  const lines = linesOfSeats(stock, seats);
  const missing = createTally(stock).missing(lines);
  if (missing) throw missing;
  const onceEach = lines.filter(({ type }) => type.oneActivePerUser).map(({ type }) => type.id);
  const taken = await exclusiveClaims(tx, [booking.userId], onceEach);
  if (taken.size > 0)
    throw new AppError('ALREADY_BOOKED', 'You have booked this in the meantime; it is sold once a person.');
};

/** @throws SALE_CLOSED */
const linesOfSeats = (stock: Stock, seats: { ticketTypeId: string; quantity: number }[]) => {
  // The windows of a type's sale were looked at when it was ordered; the event itself must still be on sale.
  const isClosed = closedEvent(stock);
  if (isClosed) throw isClosed;
  return seats.map(({ ticketTypeId, quantity }) => {
    const type = stock.types.get(ticketTypeId);
    if (!type) throw new AppError('SALE_CLOSED', 'This kind of ticket is not sold any more.');
    return { type, quantity };
  });
};

const promoOf = async (
  { tx, stock }: Confirming,
  { userId, price }: BookingRecord,
  { isCodeDemanded }: Claim,
): Promise<Promo | null> => {
  if (price.promoCode === null) return null;
  const { promos, uses } = await lockPromos(tx, { event: stock.event, codes: [price.promoCode], userIds: [userId] });
  const promo = promos.get(price.promoCode);
  const wanted = promo?.unit === 'PER_TICKET' ? price.lines.reduce((sum, { quantity }) => sum + quantity, 0) : 1;
  const used = promo && { inAll: promo.reserved + promo.redeemed, own: uses.get(`${promo.id} ${userId}`) ?? 0 };
  const isSpent = promo && used ? spentBy(promo, wanted, used) : unknownCode();
  if (promo && isSpent === null) return promo;
  if (isCodeDemanded && isSpent) throw isSpent;
  return null;
};

const useOf = ({ id, userId, price, currency, quantity }: BookingRecord, promo: Promo) => ({
  promoCodeId: promo.id,
  bookingId: id,
  userId,
  quantity: promo.unit === 'PER_ORDER' ? 1 : quantity,
  discount: BigInt(takenOffBy(price)),
  currency,
  state: 'RESERVED' as const,
});
