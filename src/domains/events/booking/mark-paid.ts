import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import { paymentByHand } from '../../payments/api.ts';
import { takeByHand } from '../../payments/api.writes.ts';
import { findBooking } from './booking.reads.ts';
import { notePaidBy } from './booking.writes.ts';
import { chargeOf } from './charge.steps.ts';
import { confirmBooking } from './confirm.steps.ts';
import { markPaid } from './contract.ts';
import { holdBooking } from './lock.steps.ts';
import { canSeeBooking, canSettleByHand } from './policy.ts';
import { presentBooking } from './present.ts';
import { refuseUnpayable } from './refuse-unpayable.rules.ts';

/**
 * Sells a held booking for money that its host took by hand: booking, payment and books in one transaction. The fact that the
 * payment was captured finds the booking paid by it, and changes nothing.
 */
export const markBookingPaid = ({ sealing }: { sealing: Sealing }) =>
  commit(markPaid, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canSettleByHand,
    run: async ({ bookingId, method, reference }, { booking, stock }, { tx, record, audit }) => {
      const { paidBy } = booking.price;
      const before = paidBy === undefined ? null : await paymentByHand(tx, paidBy);
      if (booking.status === 'CONFIRMED' && before?.method === method && before.reference === reference) {
        return { booking: presentBooking(booking, stock.now), payment: before };
      }
      refuseUnpayable(booking, stock.now);
      if (booking.total === 0n) throw new AppError('CONFLICT', 'This booking costs nothing.');
      const charge = await chargeOf(tx, stock, booking);
      const payment = await takeByHand(tx, record, { ...charge, method, reference });
      if (!(await confirmBooking({ tx, record, sealing, stock }, booking))) {
        throw new AppError('CONFLICT', 'The booking is not what it was.');
      }
      await notePaidBy(tx, bookingId, payment.id);
      audit({
        targetType: 'booking',
        targetId: bookingId,
        before: { status: booking.status },
        after: { status: 'CONFIRMED', paymentId: payment.id, method, reference },
      });
      return { booking: presentBooking((await findBooking(tx, bookingId)) ?? booking, stock.now), payment };
    },
  });
