import { commit } from '../../../platform/db/commit.ts';
import { reject } from './contract.ts';
import { declineBooking } from './decline.steps.ts';
import { holdBooking } from './lock.steps.ts';
import { canDecideBooking, canSeeBooking } from './policy.ts';
import { presentBooking } from './present.ts';

/** Turns a request down. */
export const rejectBooking = () =>
  commit(reject, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canDecideBooking,
    run: async ({ note }, { booking, stock }, { tx, actor, record, audit }) => {
      const declining = { to: 'REJECTED', decidedById: actor.userId, note } as const;
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
