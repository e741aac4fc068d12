import type { Actor } from '../../../kernel/actor.ts';
import { canScan, canSeeAttendees, canSell, canTakeMoney, type Standing } from '../event/policy.ts';
import type { AdmissionRecord, BookingRecord } from './booking.rules.ts';

interface Subject {
  booking: Pick<BookingRecord, 'userId' | 'status'> & {
    admissions: readonly Pick<AdmissionRecord, 'userId' | 'status'>[];
  };
  standing: Pick<Standing, 'role'>;
}

const isBooker = (actor: Pick<Actor, 'userId'>, { booking }: Subject): boolean => booking.userId === actor.userId;

const isHolder = (actor: Pick<Actor, 'userId'>, { booking }: Subject): boolean =>
  booking.admissions.some(
    ({ userId, status }) => userId === actor.userId && (status === 'ISSUED' || status === 'RESERVED'),
  );

/** Who made it, who holds a ticket of it, and who sees the event's attendees. */
export const canSeeBooking = (actor: Pick<Actor, 'userId'>, subject: Subject): boolean =>
  canSeeWholeBooking(actor, subject) || isHolder(actor, subject);

/** Sees all of it: who made it, and who sees the event's attendees. Who only holds a ticket sees that ticket. */
export const canSeeWholeBooking = (actor: Pick<Actor, 'userId'>, subject: Subject): boolean =>
  isBooker(actor, subject) || canSeeAttendees(subject.standing);

/** Everybody lists their own; those of an event, whose standing is given then, are for who sees its attendees. */
export const canListBookings = (_actor: unknown, { standing }: { standing: Pick<Standing, 'role'> | null }): boolean =>
  standing === null || canSeeAttendees(standing);

/** Money that the team owes by hand is shown to the team; to others the event has no such list. */
export const canSeeOwedRefunds = (_actor: unknown, { standing }: Pick<Subject, 'standing'>): boolean =>
  standing.role !== null;

/** Pays, withdraws: only who made it. */
export const canPayBooking = isBooker;

/**
 * The booker and the event's team may. A guest may give up their own ticket of a confirmed booking; before that a booking
 * can only be given up as a whole, which is not a guest's to do.
 */
export const canCancelBooking = (actor: Pick<Actor, 'userId'>, subject: Subject): boolean =>
  isBooker(actor, subject) ||
  canSell(subject.standing) ||
  (subject.booking.status === 'CONFIRMED' && isHolder(actor, subject));

/** Decides about requests. */
export const canDecideBooking = (_actor: Pick<Actor, 'userId'>, { standing }: Pick<Subject, 'standing'>): boolean =>
  canSell(standing);

/** Says what was paid, and paid back, by hand. */
export const canSettleByHand = (_actor: Pick<Actor, 'userId'>, { standing }: Pick<Subject, 'standing'>): boolean =>
  canTakeMoney(standing);

/** Stands at the door and saw who came. */
export const canMarkNoShow = (_actor: Pick<Actor, 'userId'>, { standing }: Pick<Subject, 'standing'>): boolean =>
  canScan(standing);

/** Whose code it is: the holder's; a guest without an account has it from who booked. */
export const ownsTicket = (
  actor: Pick<Actor, 'userId'>,
  booking: Pick<BookingRecord, 'userId'>,
  admission: Pick<AdmissionRecord, 'userId' | 'transferredFromId'>,
): boolean => {
  if (admission.userId !== null) return admission.userId === actor.userId;
  return booking.userId === actor.userId;
};
