import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

export interface DeadBooking {
  id: string;
  userId: string;
  quantity: number;
}

/** Bookings of an event whose hold is over by PostgreSQL's clock. */
export const deadBookings = (reader: Reader, eventId: string, limit: number): Promise<DeadBooking[]> =>
  reader.$queryRaw<DeadBooking[]>`
    SELECT id, user_id AS "userId", quantity FROM bookings
    WHERE event_id = ${eventId}::uuid AND status IN ('HELD', 'AWAITING_PAYMENT') AND hold_expires_at <= now()
    ORDER BY hold_expires_at LIMIT ${limit}`;

/** Requests that nobody decided for a week, or before the event was over. */
export const deadRequests = (reader: Reader, eventId: string, limit: number): Promise<DeadBooking[]> =>
  reader.$queryRaw<DeadBooking[]>`
    SELECT b.id, b.user_id AS "userId", b.quantity FROM bookings AS b JOIN events AS e ON e.id = b.event_id
    WHERE b.event_id = ${eventId}::uuid AND b.status = 'REQUESTED'
      AND (b.created_at < now() - interval '7 days' OR e.end_date <= now())
    ORDER BY b.created_at LIMIT ${limit}`;

/** Events with something that is over: what the sweeper looks after. */
export const eventsWithDead = async (reader: Reader, limit: number): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ event_id: string }[]>`
    SELECT DISTINCT event_id FROM (
      (SELECT event_id FROM inventory_holds WHERE state = 'HELD' AND expires_at <= now() ORDER BY expires_at LIMIT ${limit})
      UNION ALL
      (SELECT b.event_id FROM bookings AS b JOIN events AS e ON e.id = b.event_id
       WHERE b.status = 'REQUESTED' AND (b.created_at < now() - interval '7 days' OR e.end_date <= now()) LIMIT ${limit})) AS dead
    LIMIT ${limit}`;
  return rows.map(({ event_id }) => event_id);
};

/**
 * Events that were cancelled minutes ago, and ended a month ago at most, that still have live bookings or people who wait: by now whoever
 * heard of it is done, or was given up.
 */
export const cancelledWithLive = async (reader: Reader, limit: number): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM events AS event
    WHERE status = 'CANCELLED' AND end_date > now() - interval '30 days' AND cancelled_at < now() - interval '3 minutes'
      AND (EXISTS (SELECT FROM bookings WHERE event_id = event.id
          AND status IN ('REQUESTED', 'HELD', 'AWAITING_PAYMENT', 'CONFIRMED'))
        OR EXISTS (SELECT FROM waitlists WHERE event_id = event.id AND status IN ('WAITING', 'OFFERED')))
    ORDER BY cancelled_at LIMIT ${limit}`;
  return rows.map(({ id }) => id);
};
