import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { isByHand, returnUrlOf } from '../../payments/api.ts';
import { startPayment } from '../../payments/api.writes.ts';
import { extendedHold, HOLDING } from './booking.rules.ts';
import { extendHolds, moveBookings } from './booking.writes.ts';
import { chargeOf } from './charge.steps.ts';
import { pay } from './contract.ts';
import { holdBooking } from './lock.steps.ts';
import { canPayBooking, canSeeBooking } from './policy.ts';
import { refuseUnpayable } from './refuse-unpayable.rules.ts';

interface Deps {
  config: { payments: PaymentSettings };
}

/** Begins a payment; its provider is called by a job once this has committed. */
export const payBooking = ({ config }: Deps) =>
  commit(pay, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canPayBooking,
    run: async ({ bookingId, method, returnTo }, { booking, stock }, { tx, record, audit }) => {
      if (isByHand(method)) {
        throw invalidField('method', 'is paid to the host, who then marks the booking as paid; nothing is taken here');
      }
      const returnUrl = returnTo === undefined ? null : returnUrlOf({ returnTo, bookingId, ...config.payments });
      refuseUnpayable(booking, stock.now);
      const holdExpiresAt = extendedHold(booking, stock.now);
      const move = { from: HOLDING, to: 'AWAITING_PAYMENT', now: stock.now, holdExpiresAt } as const;
      const [moved] = await moveBookings(tx, [bookingId], move);
      if (moved === undefined) throw new AppError('CONFLICT', 'The booking is not what it was.');
      await extendHolds(tx, bookingId, holdExpiresAt);
      const charge = await chargeOf(tx, stock, booking);
      const payment = await startPayment(tx, record, { ...charge, settings: config.payments, method, returnUrl });
      audit({
        targetType: 'booking',
        targetId: bookingId,
        after: { status: 'AWAITING_PAYMENT', paymentId: payment.id },
      });
      return { ...payment, holdExpiresAt: holdExpiresAt.toISOString() };
    },
  });
