import type { Transaction } from '../../../platform/db/client.ts';
import type { Stock } from '../inventory/stock.rules.ts';
import { NOTHING_UNPAID, type Unpaid } from './unpaid.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Unpaid bookings of these people at an event; none is read where all is free, for nobody holds seats there. */
export const readUnpaid = async (
  reader: Reader,
  { event, types }: Stock,
  userIds: readonly string[],
): Promise<Map<string, Unpaid>> => {
  const all = [...types.values()];
  const isPaid = all.some(({ priceMinor }) => priceMinor > 0n);
  const claims = isPaid ? await unpaidClaims(reader, userIds, [...types.keys()]) : new Map<string, Unpaid>();
  const isAsked = event.approvalMode === 'MANUAL' || all.some(({ approvalRequired }) => approvalRequired);
  if (!isAsked) return claims;
  for (const [userId, requested] of await openRequests(reader, userIds, event.id)) {
    claims.set(userId, { ...(claims.get(userId) ?? NOTHING_UNPAID), requested });
  }
  return claims;
};

/**
 * The seats these people claimed at an event and have not paid for; a person without any is missing. A hold that is over
 * counts as ended, swept or not. Only what the person did counts: not what the team cancelled, nor an offer that became a booking.
 * @param ticketTypeIds all of the event’s: holds are found by person and type
 */
export const unpaidClaims = async (
  reader: Reader,
  userIds: readonly string[],
  ticketTypeIds: readonly string[],
): Promise<Map<string, Unpaid>> => {
  const rows = await reader.$queryRaw<(Omit<Unpaid, 'requested'> & { userId: string })[]>`
    SELECT user_id AS "userId", count(DISTINCT claim) FILTER (WHERE is_held)::int AS held,
      count(DISTINCT claim) FILTER (WHERE NOT is_held)::int AS ended, max(ended_at) FILTER (WHERE NOT is_held) AS "lastEndedAt"
    FROM (
      SELECT h.user_id, coalesce(h.booking_id, h.waitlist_offer_id) AS claim,
        h.state = 'HELD' AND h.expires_at > now() AS is_held, coalesce(h.settled_at, h.expires_at) AS ended_at
      FROM inventory_holds AS h LEFT JOIN bookings AS b ON b.id = h.booking_id
      WHERE h.user_id = ANY(${[...userIds]}::uuid[]) AND h.ticket_type_id = ANY(${[...ticketTypeIds]}::uuid[])
        AND CASE h.state
          WHEN 'HELD' THEN h.booking_id IS NOT NULL OR h.expires_at <= now()
          WHEN 'EXPIRED' THEN b.id IS NULL OR b.status = 'EXPIRED'
          WHEN 'RELEASED' THEN b.status = 'CANCELLED' AND b.cancellation_reason = 'BY_ATTENDEE' AND b.confirmed_at IS NULL
          ELSE false END) AS claims
    WHERE is_held OR ended_at > now() - interval '1 day'
    GROUP BY user_id`;
  return new Map(rows.map(({ userId, ...counts }) => [userId, { ...NOTHING_UNPAID, ...counts }]));
};

/** How many requests of these people at an event nobody has decided; who is missing has none. */
const openRequests = async (
  reader: Reader,
  userIds: readonly string[],
  eventId: string,
): Promise<Map<string, number>> => {
  const rows = await reader.$queryRaw<{ userId: string; count: number }[]>`
    SELECT user_id AS "userId", count(*)::int AS count FROM bookings
    WHERE user_id = ANY(${[...userIds]}::uuid[]) AND event_id = ${eventId}::uuid AND status = 'REQUESTED'
    GROUP BY user_id`;
  return new Map(rows.map(({ userId, count }) => [userId, count]));
};
