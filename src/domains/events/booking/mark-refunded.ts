import { commit } from '../../../platform/db/commit.ts';
import { settleByHand } from '../../payments/api.writes.ts';
import { markRefunded } from './contract.ts';
import { holdBooking } from './lock.steps.ts';
import { canSeeBooking, canSettleByHand } from './policy.ts';

/** Settles what a host owed to a guest who had paid by hand. */
export const markBookingRefunded = () =>
  commit(markRefunded, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canSettleByHand,
    run: async ({ bookingId, refundId, reference }, { stock }, { tx, record, audit }) => {
      const refund = await settleByHand(tx, record, { refundId, bookingId, reference, now: stock.now });
      audit({ targetType: 'refund', targetId: refundId, after: { status: refund.status, reference } });
      return refund;
    },
  });
