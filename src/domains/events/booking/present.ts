import type { z } from 'zod';
import { wireMoney } from '../../payments/api.ts';
import type { Admission, Booking } from '../shapes/booking/contract.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import { type AdmissionRecord, type BookingRecord, HOLDING } from './booking.rules.ts';
import { canSeeWholeBooking } from './policy.ts';
import type { BookingSubject } from './subject.ts';

/** A booking on the wire. A hold that is over says so at once, even before the sweeper comes. */
export const presentBooking = (booking: BookingRecord, now: Date): Booking => {
  const status = isOver(booking, now) ? 'EXPIRED' : booking.status;
  return {
    id: booking.id,
    reference: booking.reference,
    eventId: booking.eventId,
    userId: booking.userId,
    status,
    holdExpiresAt: HOLDING.includes(status) ? toTimeOrNull(booking.holdExpiresAt) : null,
    ...presentAmounts(booking),
    lines: presentLines(booking),
    admissions: booking.admissions.map((admission) => presentAdmission(admission, booking)),
    promoCode: booking.price.promoCode,
    createdAt: toTime(booking.createdAt),
    confirmedAt: toTimeOrNull(booking.confirmedAt),
    cancelledAt: toTimeOrNull(booking.cancelledAt),
  };
};

/** A booking as this person may see it. */
export const presentBookingTo = ({ userId }: { userId: string }, subject: BookingSubject): Booking => {
  const { booking, stock } = subject;
  const isAllTheirs = canSeeWholeBooking({ userId }, subject);
  return presentBooking(isAllTheirs ? booking : partOf(booking, userId), stock.now);
};

/**
 * The booking as somebody sees it who only holds tickets of it: those tickets, their kinds, and their shares of what was
 * paid. Who else comes, what the others cost, the code that was used and the reference stay with who booked.
 */
const partOf = (booking: BookingRecord, userId: string): BookingRecord => {
  const own = booking.admissions.filter((admission) => admission.userId === userId);
  const paid = own.reduce((sum, { pricePaid }) => sum + pricePaid, 0n);
  const lines = booking.price.lines.flatMap((line) => {
    const quantity = own.filter(({ ticketTypeId }) => ticketTypeId === line.ticketTypeId).length;
    return quantity === 0 ? [] : [{ ...line, quantity, discountMinor: 0 }];
  });
  return {
    ...booking,
    reference: '',
    admissions: own,
    ...{ subtotal: paid, discount: 0n, tax: 0n, fee: 0n, total: paid },
    price: { ...booking.price, promoCode: null, lines },
  };
};

const isOver = ({ status, holdExpiresAt }: BookingRecord, now: Date): boolean =>
  HOLDING.includes(status) && holdExpiresAt !== null && holdExpiresAt <= now;

type Amounts = Pick<BookingRecord, 'subtotal' | 'discount' | 'tax' | 'fee' | 'total' | 'currency'>;

export const presentAmounts = ({ currency, ...amounts }: Amounts) => ({
  subtotal: wireMoney(amounts.subtotal, currency),
  discount: wireMoney(amounts.discount, currency),
  tax: wireMoney(amounts.tax, currency),
  fee: wireMoney(amounts.fee, currency),
  total: wireMoney(amounts.total, currency),
});

export const presentLines = ({ price, currency }: Pick<BookingRecord, 'price' | 'currency'>) =>
  price.lines.map(({ ticketTypeId, description, quantity, unitPriceMinor, discountMinor }) => ({
    ticketTypeId,
    name: description ?? '',
    quantity,
    unitPrice: { amountMinor: unitPriceMinor, currency },
    discount: { amountMinor: discountMinor, currency },
  }));

export const presentAdmission = (
  admission: AdmissionRecord,
  { price, currency }: Pick<BookingRecord, 'price' | 'currency'>,
): z.infer<typeof Admission> => ({
  id: admission.id,
  ordinal: admission.ordinal,
  ticketTypeId: admission.ticketTypeId,
  ticketTypeName: price.lines.find(({ ticketTypeId }) => ticketTypeId === admission.ticketTypeId)?.description ?? '',
  status: admission.status,
  userId: admission.userId,
  fullName: admission.fullName,
  paid: wireMoney(admission.pricePaid, currency),
  noShowAt: toTimeOrNull(admission.noShowAt),
});
