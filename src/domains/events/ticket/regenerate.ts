import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { canSeeBooking } from '../booking/policy.ts';
import { presentAdmission } from '../booking/present.ts';
import { ticketReissued } from '../facts.ts';
import { regenerate } from './contract.ts';
import { holdTicket } from './lock.steps.ts';
import { canDisposeOf } from './policy.ts';
import { refuseEntered, refuseSpent } from './refuse-spent.steps.ts';
import { raiseGeneration, revokeTickets } from './revocation.writes.ts';

/** Replaces a code; devices that hear of it refuse the old one. */
export const regenerateTicket = () =>
  commit(regenerate, {
    load: ({ admissionId }, { tx, actor }) => holdTicket(tx, admissionId, actor),
    sees: (actor, subject) => canSeeBooking(actor, subject),
    allow: canDisposeOf,
    run: async ({ admissionId }, subject, { tx, record, audit }) => {
      const { admission, booking, stock } = subject;
      await refuseSpent(tx, subject);
      const generation = await raiseGeneration(tx, admissionId);
      if (generation === null) throw new AppError('CONFLICT', 'The ticket cannot have another code.');
      await refuseEntered(tx, [admissionId]);
      const { id: eventId, hostId } = stock.event;
      await revokeTickets(tx, [admission], { eventId, reason: 'REISSUED', now: stock.now });
      await record(ticketReissued, {
        eventId,
        hostId,
        bookingId: booking.id,
        userId: booking.userId,
        admissionId,
        generation,
      });
      audit({
        targetType: 'ticket',
        targetId: admissionId,
        before: { generation: admission.generation },
        after: { generation },
      });
      return presentAdmission({ ...admission, generation }, booking);
    },
  });
