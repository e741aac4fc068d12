import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { startPayment } from '../../payments/api.writes.ts';
import { sharesOf } from '../host/host.reads.ts';
import { type BookingRecord, extendedHold, HOLDING, isDeadHold } from './booking.ts';
import { extendHolds, moveBookings } from './booking.writes.ts';
import { pay } from './contract.ts';
import { holdBooking } from './hold.ts';
import { canPayBooking } from './policy.ts';

interface Deps {
  config: { payments: PaymentSettings };
}

/** Begins a payment; its provider is called by a job once this has committed. */
export const payBooking = ({ config }: Deps) =>
  commit(pay, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    allow: canPayBooking,
    run: async ({ bookingId, method }, { booking, stock }, { tx, record, audit }) => {
      refuseUnpayable(booking, stock.now);
      const holdExpiresAt = extendedHold(booking, stock.now);
      const move = { from: HOLDING, to: 'AWAITING_PAYMENT', now: stock.now, holdExpiresAt } as const;
      const [moved] = await moveBookings(tx, [bookingId], move);
      if (moved === undefined) throw new AppError('CONFLICT', 'The booking is not what it was.');
      await extendHolds(tx, bookingId, holdExpiresAt);
      const { price } = booking;
      const payment = await startPayment(tx, record, {
        settings: config.payments,
        userId: booking.userId,
        hostId: stock.event.hostId,
        eventId: booking.eventId,
        bookingId,
        amountMinor: booking.total,
        currency: booking.currency,
        method,
        commissionMinor: BigInt(price.commissionMinor),
        taxMinor: booking.tax,
        commissionSnapshot: price,
        shares: await sharesOf(tx, booking.eventId),
        platformDiscountMinor: BigInt(price.platformDiscountMinor ?? 0),
        now: stock.now,
      });
      audit({
        targetType: 'booking',
        targetId: bookingId,
        after: { status: 'AWAITING_PAYMENT', paymentId: payment.id },
      });
      return { ...payment, holdExpiresAt: holdExpiresAt.toISOString() };
    },
  });

/** @throws HOLD_EXPIRED, CONFLICT */
const refuseUnpayable = (booking: BookingRecord, now: Date): void => {
  if (booking.status === 'EXPIRED' || isDeadHold(booking, now)) {
    throw new AppError('HOLD_EXPIRED', 'The seats were held too long without payment; book again.');
  }
  if (!HOLDING.includes(booking.status)) {
    throw new AppError('CONFLICT', `A booking that is ${booking.status} cannot be paid.`);
  }
};
