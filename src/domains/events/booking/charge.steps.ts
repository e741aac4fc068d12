import type { Transaction } from '../../../platform/db/client.ts';
import { sharesOf } from '../host/host.reads.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import type { BookingRecord } from './booking.rules.ts';

/** The amounts of a booking's payment and whose earnings they are, from the booking's own copies (I9); minor units. */
export const chargeOf = async (tx: Transaction, { event, now }: Stock, booking: BookingRecord) => ({
  userId: booking.userId,
  hostId: event.hostId,
  eventId: booking.eventId,
  bookingId: booking.id,
  amountMinor: booking.total,
  currency: booking.currency,
  commissionMinor: BigInt(booking.price.commissionMinor),
  taxMinor: booking.tax,
  commissionSnapshot: booking.price,
  shares: await sharesOf(tx, booking.eventId),
  platformDiscountMinor: BigInt(booking.price.platformDiscountMinor ?? 0),
  now,
});
