import type { Transaction } from '../../../platform/db/client.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import type { BookingRecord } from './booking.rules.ts';

interface Parts {
  tx: Transaction;
  subjectKeys: Pick<SubjectKeys, 'encryptFor'>;
}

type Guests = Pick<BookingRecord, 'userId' | 'admissions'>;

/** Encrypts where guests' tickets go, with the key of who booked for them, in the records that are about to be stored. */
export const protectEmails = async ({ tx, subjectKeys }: Parts, bookings: readonly Guests[]): Promise<void> => {
  for (const { userId, admissions } of bookings) {
    for (const admission of admissions) {
      if (admission.email === null) continue;
      const place = { table: 'event_participants', column: 'email', rowId: admission.id };
      admission.email = await subjectKeys.encryptFor(tx, userId, place, admission.email);
    }
  }
};
