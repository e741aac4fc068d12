import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Whether money, a scan or a discount stands on the booking `b`, or a ticket of it was passed on. */
const IS_FIRM = Prisma.sql`(
  EXISTS (SELECT FROM payments WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM refunds WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM invoices WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM wallet_holds WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM payout_items WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM promo_redemptions WHERE booking_id = b.id)
  OR EXISTS (SELECT FROM support_tickets WHERE booking_id = b.id)
  OR EXISTS (
    SELECT FROM event_participants AS p WHERE p.booking_id = b.id AND (
      p.transferred_from_id IS NOT NULL
      OR EXISTS (SELECT FROM event_participants WHERE transferred_from_id = p.id)
      OR EXISTS (SELECT FROM event_check_ins WHERE participant_id = p.id)
      OR EXISTS (SELECT FROM ticket_revocations WHERE participant_id = p.id)
      OR EXISTS (SELECT FROM refunds WHERE participant_id = p.id))))`;

const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** Events of these hosts that nobody but test accounts had to do with, and on which nothing stands that stays. */
export const removableEvents = async (reader: Reader, hostIds: readonly string[], limit: number): Promise<string[]> =>
  idsOf(
    await reader.$queryRaw`
      SELECT e.id FROM events AS e
      WHERE e.host_id = ANY(${[...hostIds]}::uuid[])
        AND NOT EXISTS (
          SELECT FROM bookings AS b JOIN users AS u ON u.id = b.user_id
          WHERE b.event_id = e.id AND (NOT u.is_test OR ${IS_FIRM}))
        AND NOT EXISTS (
          SELECT FROM event_participants AS p JOIN users AS u ON u.id = p.user_id WHERE p.event_id = e.id AND NOT u.is_test)
        AND NOT EXISTS (
          SELECT FROM waitlists AS w JOIN users AS u ON u.id = w.user_id WHERE w.event_id = e.id AND NOT u.is_test)
        AND NOT EXISTS (
          SELECT FROM event_hosts AS h JOIN users AS u ON u.id = h.user_id WHERE h.event_id = e.id AND NOT u.is_test)
        AND NOT EXISTS (SELECT FROM payments WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM event_check_ins WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM ticket_revocations WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM scanner_devices WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM commission_configs WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM reviews WHERE event_id = e.id)
        AND NOT EXISTS (SELECT FROM support_tickets WHERE event_id = e.id)
        AND NOT EXISTS (
          SELECT FROM promo_codes AS c JOIN promo_redemptions AS r ON r.promo_code_id = c.id WHERE c.event_id = e.id)
      ORDER BY e.id LIMIT ${limit}`,
  );

/** Events of these hosts that can still be cancelled. */
export const runningEvents = (
  reader: Reader,
  hostIds: readonly string[],
): Promise<{ eventId: string; hostId: string }[]> =>
  reader.$queryRaw`
    SELECT id AS "eventId", host_id AS "hostId" FROM events
    WHERE host_id = ANY(${[...hostIds]}::uuid[]) AND status IN ('PUBLISHED', 'ONGOING', 'POSTPONED') AND deleted_at IS NULL
    ORDER BY id`;

/** Bookings of these people on which nothing stands that stays. */
export const freeBookings = async (reader: Reader, userIds: readonly string[], limit: number): Promise<string[]> =>
  idsOf(
    await reader.$queryRaw`
      SELECT b.id FROM bookings AS b WHERE b.user_id = ANY(${[...userIds]}::uuid[]) AND NOT ${IS_FIRM}
      ORDER BY b.id LIMIT ${limit}`,
  );

/** Places of these people in queues for seats, but for those that became a booking which stays. */
export const waitingOf = async (reader: Reader, userIds: readonly string[], limit: number): Promise<string[]> =>
  idsOf(
    await reader.$queryRaw`
      SELECT w.id FROM waitlists AS w
      WHERE w.user_id = ANY(${[...userIds]}::uuid[]) AND NOT EXISTS (
        SELECT FROM waitlist_offers AS o JOIN bookings AS b ON b.id = o.booking_id WHERE o.waitlist_id = w.id AND ${IS_FIRM})
      ORDER BY w.id LIMIT ${limit}`,
  );

/** The tables that bookings and places in queues are made of. */
interface Claims {
  bookingIds: readonly string[];
  waitingIds: readonly string[];
}

/** The seats that these claim, in the order of the events. */
export const takenSeats = (
  reader: Reader,
  { bookingIds, waitingIds }: Claims,
): Promise<{ eventId: string; ticketTypeId: string; quantity: number; isSold: boolean }[]> =>
  reader.$queryRaw`
    SELECT event_id AS "eventId", ticket_type_id AS "ticketTypeId", sum(quantity)::int AS quantity,
      state = 'SOLD' AS "isSold"
    FROM inventory_holds AS h
    WHERE state IN ('HELD', 'SOLD') AND (booking_id = ANY(${[...bookingIds]}::uuid[]) OR (booking_id IS NULL AND EXISTS (
      SELECT FROM waitlist_offers AS o
      WHERE o.id = h.waitlist_offer_id AND o.waitlist_id = ANY(${[...waitingIds]}::uuid[]))))
    GROUP BY event_id, ticket_type_id, state ORDER BY event_id, ticket_type_id`;
