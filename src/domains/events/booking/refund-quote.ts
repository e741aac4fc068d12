import { AppError } from '../../../kernel/errors.ts';
import { handle } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { wireMoney } from '../../payments/api.ts';
import { toTimeOrNull } from '../times.ts';
import { refundQuote } from './contract.ts';
import { canCancelBooking } from './policy.ts';
import { planCancel } from './quote-refund.ts';
import { lookAtBooking } from './subject.ts';

/** Says what cancelling now would pay back. */
export const quoteRefund = ({ database }: { database: Database }) =>
  handle(refundQuote, {
    load: ({ bookingId }, { actor }) => lookAtBooking(database, bookingId, actor),
    allow: canCancelBooking,
    run: ({ bookingId, admissionIds }, subject, { actor }) => {
      const { booking } = subject;
      if (booking.status !== 'CONFIRMED') throw new AppError('CONFLICT', 'Nothing was paid for this booking yet.');
      const plan = planCancel(subject, actor.userId, admissionIds);
      const money = (amountMinor: bigint) => wireMoney(amountMinor, booking.currency);
      return {
        bookingId,
        refund: money(plan.refundMinor),
        retained: money(plan.paidMinor - plan.refundMinor),
        admissions: plan.admissions.map(({ admission, refundMinor }) => ({
          admissionId: admission.id,
          paid: money(admission.pricePaid),
          refund: money(refundMinor),
        })),
        validUntil: toTimeOrNull(plan.terms.validUntil),
      };
    },
  });
