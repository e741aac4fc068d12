import { AppError } from '../../../kernel/errors.ts';
import { commit } from '../../../platform/db/commit.ts';
import { wireMoney } from '../../payments/api.ts';
import { canSell } from '../event/policy.ts';
import { enteredAmong } from '../ticket/ticket.reads.ts';
import { findBooking } from './booking.reads.ts';
import { HOLDING, isDeadHold } from './booking.rules.ts';
import { cancel } from './contract.ts';
import { cancelSold, cancelUnsold } from './end-booking.steps.ts';
import { holdBooking } from './lock.steps.ts';
import { canCancelBooking, canSeeBooking } from './policy.ts';
import { presentBooking, presentBookingTo } from './present.ts';
import { planCancel } from './quote-refund.ts';
import type { BookingSubject } from './subject.ts';

/** Gives a booking up, whole or in part. */
export const cancelBooking = () =>
  commit(cancel, {
    load: ({ bookingId }, { tx, actor }) => holdBooking(tx, bookingId, actor),
    sees: canSeeBooking,
    allow: canCancelBooking,
    run: async ({ bookingId, admissionIds }, subject, { tx, actor, record, audit }) => {
      const { booking, stock } = subject;
      const reason = reasonOf(subject, actor.userId);
      const ending = { reason, cancelledById: actor.userId } as const;
      const refundMinor = await giveUp({ tx, record, stock }, subject, {
        ...ending,
        userId: actor.userId,
        admissionIds,
      });
      const after = await findBooking(tx, bookingId);
      audit({
        targetType: 'booking',
        targetId: bookingId,
        before: { status: booking.status },
        after: { status: after?.status, reason, refundMinor: Number(refundMinor) },
      });
      return {
        booking: presentBookingTo(actor, { ...subject, booking: after ?? booking }),
        refund: wireMoney(refundMinor, booking.currency),
      };
    },
  });

type Parts = Parameters<typeof cancelSold>[0];
type Reason = 'BY_ATTENDEE' | 'BY_HOST';

interface Wish {
  userId: string;
  admissionIds: readonly string[] | undefined;
  reason: Reason;
  cancelledById: string;
}

/** @returns what goes back, in minor units. @throws CONFLICT */
const giveUp = async (
  parts: Parts,
  subject: BookingSubject,
  { userId, admissionIds, ...ending }: Wish,
): Promise<bigint> => {
  const { booking, stock } = subject;
  if (booking.status === 'CONFIRMED') {
    const plan = planCancel(subject, userId, admissionIds);
    if (!plan.isByTeam) await refuseUsed(parts, plan.admissions);
    return cancelSold(parts, booking, { plan, ...ending });
  }
  if (!HOLDING.includes(booking.status) || isDeadHold(booking, stock.now)) {
    throw new AppError(
      'CONFLICT',
      `A booking that is ${presentBooking(booking, stock.now).status} cannot be cancelled.`,
    );
  }
  if (admissionIds) throw new AppError('CONFLICT', 'What is not paid yet can only be cancelled as a whole.');
  await cancelUnsold(parts, booking, ending);
  return 0n;
};

/** Members of the team act as attendees when they give up their own tickets; door staff can give up no others. */
const reasonOf = ({ booking, standing }: BookingSubject, userId: string): Reason =>
  booking.userId !== userId && canSell(standing) ? 'BY_HOST' : 'BY_ATTENDEE';

/** @throws CONFLICT for tickets that were used, and once the event is over */
const refuseUsed = async ({ tx, stock }: Parts, given: readonly { admission: { id: string } }[]): Promise<void> => {
  if (stock.event.endDate <= stock.now) throw new AppError('CONFLICT', 'The event is over.');
  const entered = await enteredAmong(
    tx,
    given.map(({ admission }) => admission.id),
  );
  if (entered.size > 0) throw new AppError('CONFLICT', 'A ticket that was used at the door cannot be given up.');
};
