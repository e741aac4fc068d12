import { commit } from '../../../platform/db/commit.ts';
import { withdraw } from './contract.ts';
import { declineBooking } from './decline.steps.ts';
import { holdBooking } from './lock.steps.ts';
import { canPayBooking, canSeeBooking } from './policy.ts';
import { presentBooking } from './present.ts';

/** Takes an own request back. */
export const withdrawBooking = () =>
  commit(withdraw, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canPayBooking,
    run: async (_input, { booking, stock }, { tx, actor, record, audit }) => {
      const declining = { to: 'WITHDRAWN', decidedById: actor.userId } as const;
      const after = await declineBooking({ tx, record, stock }, booking, declining);
      audit({
        targetType: 'booking',
        targetId: booking.id,
        before: { status: booking.status },
        after: { status: after.status },
      });
      return presentBooking(after, stock.now);
    },
  });
