import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';

/** What was sold, as it was when the invoice was issued. */
export const Supply = z.object({
  title: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  /** IANA name of the zone in which the event takes place. */
  timeZone: z.string(),
  /** Short code that people read to each other. */
  bookingReference: z.string().nullable(),
});
export type Supply = z.output<typeof Supply>;

/** The event of a payment with its booking's reference; null when it was for no event. */
export const supplyOf = async (
  reader: Pick<Transaction, '$queryRaw'>,
  { eventId, bookingId }: { eventId: string | null; bookingId: string | null },
): Promise<Supply | null> => {
  if (eventId === null) return null;
  const [row] = await reader.$queryRaw<
    { title: string; startsAt: Date; endsAt: Date; timeZone: string; bookingReference: string | null }[]
  >`
    SELECT e.title, e.start_date AS "startsAt", e.end_date AS "endsAt", e.time_zone AS "timeZone",
      (SELECT reference FROM bookings WHERE id = ${bookingId}::uuid) AS "bookingReference"
    FROM events AS e WHERE e.id = ${eventId}::uuid`;
  return row ? { ...row, startsAt: row.startsAt.toISOString(), endsAt: row.endsAt.toISOString() } : null;
};
