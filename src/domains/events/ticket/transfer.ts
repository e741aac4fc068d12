import { AppError, invalidField } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { newId } from '../../../platform/ids.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { reachableUsers } from '../../identity/api.ts';
import { reachStrangers } from '../../identity/api.writes.ts';
import type { AdmissionRecord } from '../booking/booking.rules.ts';
import { insertAdmission } from '../booking/booking.writes.ts';
import { canSeeBooking } from '../booking/policy.ts';
import { presentAdmission } from '../booking/present.ts';
import { protectEmails } from '../booking/protect-emails.steps.ts';
import { ticketTransferred } from '../facts.ts';
import { transfer } from './contract.ts';
import { holdTicket, type TicketSubject } from './lock.steps.ts';
import { canDisposeOf } from './policy.ts';
import { refuseEntered, refuseSpent } from './refuse-spent.steps.ts';
import { markTransferred, revokeTickets } from './revocation.writes.ts';
import { validityOf } from './ticket.reads.ts';

interface Deps {
  subjectKeys: Pick<SubjectKeys, 'encryptFor'>;
}

/**
 * Passes a ticket on: the old admission is TRANSFERRED and every code of it revoked, the new human has one of their own.
 * The seat, its price and the booking it belongs to stay.
 */
export const transferTicket = ({ subjectKeys }: Deps) =>
  commit(transfer, {
    load: ({ admissionId }, { tx, actor }) => holdTicket(tx, admissionId, actor),
    sees: (actor, subject) => canSeeBooking(actor, subject),
    allow: canDisposeOf,
    run: async ({ admissionId, to }, subject, { tx, actor, record, audit }) => {
      const { admission, booking, stock } = subject;
      await refuseSpent(tx, subject);
      const validity = await validityOf(tx, [admission.ticketTypeId]);
      if (validity.get(admission.ticketTypeId)?.transferable !== true) {
        throw new AppError('CONFLICT', 'This kind of ticket cannot be passed on.');
      }
      if ('userId' in to && (await reachableUsers(tx, actor.userId, [to.userId])).size === 0) {
        throw invalidField('to.userId', 'is nobody here');
      }
      if ('userId' in to && to.userId === admission.userId)
        throw new AppError('CONFLICT', 'The ticket is theirs already.');
      if ('userId' in to) await reachStrangers(tx, { userId: actor.userId, others: [to.userId] });
      const passed = passedOn(subject, to);
      if (!(await markTransferred(tx, admissionId, stock.now)))
        throw new AppError('CONFLICT', 'The ticket is not what it was.');
      await refuseEntered(tx, [admissionId]);
      const { id: eventId, hostId } = stock.event;
      await revokeTickets(tx, [admission], { eventId, reason: 'TRANSFERRED', now: stock.now });
      await protectEmails({ tx, subjectKeys }, [{ userId: booking.userId, admissions: [passed] }]);
      await insertAdmission(tx, booking, passed);
      await record(ticketTransferred, {
        eventId,
        hostId,
        bookingId: booking.id,
        userId: booking.userId,
        admissionId,
        newAdmissionId: passed.id,
        fromUserId: admission.userId,
        toUserId: passed.userId,
      });
      audit({
        targetType: 'ticket',
        targetId: admissionId,
        after: { transferredTo: passed.id, userId: passed.userId },
      });
      return presentAdmission(passed, booking);
    },
  });

type Recipient = { userId: string } | { fullName: string; email?: string | undefined };

const passedOn = ({ admission, booking, stock }: TicketSubject, to: Recipient): AdmissionRecord => ({
  ...admission,
  id: newId(),
  ordinal: Math.max(...booking.admissions.map(({ ordinal }) => ordinal)) + 1,
  userId: 'userId' in to ? to.userId : null,
  fullName: 'userId' in to ? null : to.fullName,
  email: 'userId' in to ? null : (to.email ?? null),
  generation: 1,
  issuedAt: stock.now,
  transferredFromId: admission.id,
});
