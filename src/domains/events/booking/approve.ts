import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sealing } from '../../../platform/sealing.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import { bookingHeld } from '../facts.ts';
import { findBooking } from './booking.reads.ts';
import { APPROVED_HOLD_MS } from './booking.rules.ts';
import { claimAgain } from './claim-again.steps.ts';
import { confirmBooking } from './confirm.steps.ts';
import { approve } from './contract.ts';
import { buryDead } from './expire.steps.ts';
import { holdBooking } from './lock.steps.ts';
import { canDecideBooking, canSeeBooking } from './policy.ts';
import { presentBooking } from './present.ts';
import { tellHeld } from './tell-held.ts';

interface Deps {
  sealing: Sealing;
  sockets: Pick<Sockets, 'tellUser'>;
}

/** Lets a request in: its seats are claimed in the same step, so that two requests never get one seat. */
export const approveBooking = ({ sealing, sockets }: Deps) =>
  commit(approve, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canDecideBooking,
    run: async ({ bookingId }, { booking, stock: locked }, { tx, actor, record, audit, afterCommit }) => {
      if (booking.status !== 'REQUESTED') throw new AppError('CONFLICT', `The booking is ${booking.status} already.`);
      const stock = await buryDead({ tx, record, stock: locked });
      const parts = { tx, record, sealing, stock };
      const holdExpiresAt = new Date(Math.min(stock.now.getTime() + APPROVED_HOLD_MS, stock.event.endDate.getTime()));
      const claim = { from: ['REQUESTED'], holdExpiresAt, decidedById: actor.userId, isCodeDemanded: true } as const;
      const held = await claimAgain(parts, booking, claim);
      if (held.total === 0n) await confirmBooking(parts, held);
      else {
        const { id: eventId, hostId } = stock.event;
        const { userId, quantity } = held;
        await record(bookingHeld, {
          eventId,
          hostId,
          bookingId,
          userId,
          quantity,
          holdExpiresAt: holdExpiresAt.toISOString(),
        });
      }
      const after = (await findBooking(tx, bookingId)) ?? held;
      audit({
        targetType: 'booking',
        targetId: bookingId,
        before: { status: 'REQUESTED' },
        after: { status: after.status },
      });
      afterCommit(() => tellHeld(sockets, [after]));
      return presentBooking(after, stock.now);
    },
  });
