import { AppError, invalidField } from '../../../kernel/errors.ts';
import { canSell } from '../event/policy.ts';
import { type AdmissionRecord, type BookingRecord, isLive } from './booking.rules.ts';
import { EVERYTHING, type RefundTerms, refundOf, termsAt } from './refund-policy.ts';
import type { BookingSubject } from './subject.ts';

/** What would be given up, and what would go back for each of it. */
export interface CancelPlan {
  admissions: { admission: AdmissionRecord; refundMinor: bigint }[];
  refundMinor: bigint;
  paidMinor: bigint;
  terms: RefundTerms;
  /** Nothing live is left of the booking then. */
  isWhole: boolean;
  isByTeam: boolean;
}

/**
 * What cancelling gives up and pays back: by the policy in force when it was bought; everything when the team cancels
 * somebody else's booking.
 * @throws INVALID_INPUT for tickets that are not the booking's, CONFLICT where there is nothing to give up
 */
export const planCancel = (
  { booking, standing, stock }: BookingSubject,
  userId: string,
  admissionIds: readonly string[] | undefined,
): CancelPlan => {
  const isByTeam = canSell(standing) && booking.userId !== userId;
  const live = booking.admissions.filter(isLive);
  const own = isByTeam ? live : live.filter((admission) => mayGiveUp(booking, admission, userId));
  const chosen = admissionIds === undefined ? own : chosenAmong(booking, own, admissionIds);
  if (chosen.length === 0) throw new AppError('CONFLICT', 'There is no ticket here that you could give up.');
  const terms = isByTeam ? EVERYTHING : termsAt(booking.policy, stock.now, stock.event);
  return planOf(booking, chosen, { terms, isByTeam });
};

/** The plan that gives up all that is left, and pays back all of it. */
export const planFullRefund = (booking: BookingRecord): CancelPlan =>
  planOf(booking, booking.admissions.filter(isLive), { terms: EVERYTHING, isByTeam: true });

/** The plan that gives up all that is left, and pays nothing back: the money is gone already. */
export const planNoRefund = (booking: BookingRecord): CancelPlan => {
  const plan = planFullRefund(booking);
  const admissions = plan.admissions.map(({ admission }) => ({ admission, refundMinor: 0n }));
  return { ...plan, admissions, refundMinor: 0n };
};

/** The refunds that a plan asks of the payment: one for a whole booking, or one a ticket for a part of it. */
export const wishesOf = ({ isWhole, refundMinor, admissions, terms }: CancelPlan) => {
  const isFeeKept = !terms.feesRefundable;
  if (!isWhole) {
    return admissions.map((each) => ({ participantId: each.admission.id, amountMinor: each.refundMinor, isFeeKept }));
  }
  const named = admissions.map((each) => ({ id: each.admission.id, amountMinor: each.refundMinor }));
  return [{ amountMinor: refundMinor, admissions: named, isFeeKept }];
};

const planOf = (
  booking: BookingRecord,
  chosen: AdmissionRecord[],
  { terms, isByTeam }: Pick<CancelPlan, 'terms' | 'isByTeam'>,
): CancelPlan => {
  const admissions = chosen.map((admission) => ({
    admission,
    refundMinor: refundOf({ ...admission, currency: booking.currency }, booking.price.lines, terms),
  }));
  return {
    admissions,
    refundMinor: admissions.reduce((sum, { refundMinor }) => sum + refundMinor, 0n),
    paidMinor: chosen.reduce((sum, { pricePaid }) => sum + pricePaid, 0n),
    terms,
    isWhole: chosen.length === booking.admissions.filter(isLive).length,
    isByTeam,
  };
};

/** What was passed on to somebody with an account is theirs to give up; the money goes to who paid all the same. */
const mayGiveUp = (
  booking: BookingRecord,
  { userId, transferredFromId }: AdmissionRecord,
  actorId: string,
): boolean => {
  if (userId === actorId) return true;
  return booking.userId === actorId && (userId === null || transferredFromId === null);
};

const chosenAmong = (
  { admissions }: BookingRecord,
  own: readonly AdmissionRecord[],
  ids: readonly string[],
): AdmissionRecord[] => {
  const known = new Set(admissions.map(({ id }) => id));
  const unknown = ids.findIndex((id) => !known.has(id));
  if (unknown >= 0) throw invalidField(`admissionIds.${unknown}`, 'is no ticket of this booking');
  const chosen = own.filter(({ id }) => ids.includes(id));
  if (chosen.length < new Set(ids).size) {
    throw new AppError('CONFLICT', 'Some of these tickets were given up before, or are somebody else’s.');
  }
  return chosen;
};
