import type { Actor } from '../../../kernel/actor.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { AdmissionRecord } from '../booking/booking.rules.ts';
import { holdBooking } from '../booking/lock.steps.ts';
import type { BookingSubject } from '../booking/subject.ts';
import { bookingIdOf } from './ticket.reads.ts';

/** A ticket with its booking. */
export interface TicketSubject extends BookingSubject {
  admission: AdmissionRecord;
}

/** A ticket under its event's lock, or null. */
export const holdTicket = async (tx: Transaction, admissionId: string, actor: Actor): Promise<TicketSubject | null> => {
  const bookingId = await bookingIdOf(tx, admissionId);
  const subject = bookingId === null ? null : await holdBooking(tx, bookingId, actor);
  const admission = subject?.booking.admissions.find(({ id }) => id === admissionId);
  return subject && admission ? { ...subject, admission } : null;
};
