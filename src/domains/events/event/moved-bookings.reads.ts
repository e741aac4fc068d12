import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/** Of a booking: its event begins an hour or more before or after what was booked. */
export const isOfOtherDate = (startDate: Date): Prisma.Sql => Prisma.sql`
  abs(extract(epoch FROM (policy_snapshot->>'startsAt')::timestamptz - ${startDate}::timestamptz)) >= 3600`;

/** Whether somebody has booked, or is about to, what would be another date then. */
export const isBookedForOtherDate = async (
  reader: Pick<Transaction, '$queryRaw'>,
  eventId: string,
  startDate: Date,
): Promise<boolean> => {
  const rows = await reader.$queryRaw<unknown[]>`
    SELECT 1 FROM bookings
    WHERE event_id = ${eventId}::uuid AND status IN ('REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED')
      AND ${isOfOtherDate(startDate)} LIMIT 1`;
  return rows.length > 0;
};
