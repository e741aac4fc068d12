import { AppError } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { refundable, wireMoney } from '../../payments/api.ts';
import { toTimeOrNull } from '../times.rules.ts';
import { refundQuote } from './contract.ts';
import { canCancelBooking, canSeeBooking } from './policy.ts';
import { type CancelPlan, planCancel } from './quote-refund.ts';
import { type BookingSubject, lookAtBooking } from './subject.ts';

/** Says what cancelling now would pay back. */
export const quoteRefund = ({ database }: { database: Database }) =>
  handle(refundQuote, {
    load: ({ bookingId }, { actor }) => lookAtBooking(database, bookingId, actor),
    sees: canSeeBooking,
    allow: canCancelBooking,
    run: async ({ bookingId, admissionIds }, subject, { actor }) => {
      const { booking } = subject;
      if (booking.status !== 'CONFIRMED') throw new AppError('CONFLICT', 'Nothing was paid for this booking yet.');
      const plan = planCancel(subject, actor.userId, admissionIds);
      const refunds = await refundsOf(database, subject, plan);
      const refundMinor = refunds.reduce((sum, amountMinor) => sum + amountMinor, 0n);
      const money = (amountMinor: bigint) => wireMoney(amountMinor, booking.currency);
      return {
        bookingId,
        refund: money(refundMinor),
        retained: money(plan.paidMinor - refundMinor),
        admissions: plan.admissions.map(({ admission }, place) => ({
          admissionId: admission.id,
          paid: money(admission.pricePaid),
          refund: money(refunds[place] ?? 0n),
        })),
        validUntil: toTimeOrNull(plan.terms.validUntil),
      };
    },
  });

/** The amount that each ticket would bring back; money that went back before, or is disputed, is left out. */
const refundsOf = async (
  database: Database,
  { booking }: BookingSubject,
  { admissions, isWhole }: CancelPlan,
): Promise<bigint[]> => {
  const { paidBy } = booking.price;
  if (paidBy === undefined) return admissions.map(() => 0n);
  const wishes = admissions.map(({ admission, refundMinor: amountMinor }) =>
    isWhole ? { amountMinor } : { participantId: admission.id, amountMinor },
  );
  return refundable(database, paidBy, wishes);
};
