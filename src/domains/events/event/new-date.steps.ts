import type { Transaction } from '../../../platform/db/client.ts';
import type { EventRow } from './event.reads.ts';
import { isBookedForOtherDate } from './moved-bookings.reads.ts';

/** A start that moves by less is a correction of the same date. */
export const NEW_DATE_MS = 3_600_000;

/**
 * Whether an edit of the start makes it another date: by an hour or more from where it is, or in small steps from what
 * somebody booked. Only what is announced has a date; a postponed event gets its own by `event.reschedule`.
 */
export const isNewDate = async (
  tx: Pick<Transaction, '$queryRaw'>,
  { id, status, startDate }: Pick<EventRow, 'id' | 'status' | 'startDate'>,
  to: Date,
): Promise<boolean> => {
  const byMs = Math.abs(to.getTime() - startDate.getTime());
  if (status !== 'PUBLISHED' || byMs === 0) return false;
  return byMs >= NEW_DATE_MS || (await isBookedForOtherDate(tx, id, to));
};
