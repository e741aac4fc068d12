import type { OfferStatus, WaitlistStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { COULD_EVER_HOLD } from '../inventory/awaited.reads.ts';
import type { WaitingEntry } from './queue.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** An entry with its place and its latest offer, as stored. */
export interface EntryRow {
  id: string;
  eventId: string;
  hostId: string;
  ticketTypeId: string | null;
  userId: string;
  status: WaitlistStatus;
  quantity: number;
  priority: number;
  joinedAt: Date;
  position: number | null;
  offerId: string | null;
  offerStatus: OfferStatus | null;
  offerTypeId: string | null;
  offerQuantity: number | null;
  offerExpiresAt: Date | null;
  /** Minor units; null for an offer from before prices were kept. */
  offerPrice: bigint | null;
  offerCurrency: string | null;
}

/** Up to `limit` who wait for seats of an event and could be served with some, first to be served first. */
export const waitingEntries = (reader: Reader, eventId: string, limit: number): Promise<WaitingEntry[]> =>
  reader.$queryRaw<WaitingEntry[]>`
    SELECT id, user_id AS "userId", ticket_type_id AS "ticketTypeId", quantity, bypassed, head_since AS "headSince"
    FROM waitlists AS w
    WHERE event_id = ${eventId}::uuid AND status = 'WAITING'
      AND EXISTS (SELECT FROM ticket_types AS t JOIN events AS e ON e.id = t.event_id
        WHERE t.event_id = w.event_id AND ${COULD_EVER_HOLD})
    ORDER BY priority DESC, joined_at, id LIMIT ${limit}`;

interface Wanted {
  /** One entry. */
  id?: string;
  /** Entries of an event. */
  eventId?: string;
  /** Entries of a person. */
  userId?: string;
  after?: string | undefined;
  limit?: number;
}

/** Entries with their places, newest first. A place counts those who wait for the same seats and are served earlier. */
export const findEntries = (reader: Reader, { id, eventId, userId, after, limit = 1 }: Wanted): Promise<EntryRow[]> =>
  reader.$queryRaw<EntryRow[]>`
    SELECT w.id, w.event_id AS "eventId", e.host_id AS "hostId", w.ticket_type_id AS "ticketTypeId", w.user_id AS "userId",
      w.status, w.quantity, w.priority, w.joined_at AS "joinedAt",
      CASE WHEN w.status = 'WAITING' THEN 1 + (
        SELECT count(*) FROM waitlists AS o
        WHERE o.event_id = w.event_id AND o.status = 'WAITING'
          AND (o.ticket_type_id IS NOT DISTINCT FROM w.ticket_type_id OR o.ticket_type_id IS NULL OR w.ticket_type_id IS NULL)
          AND (-o.priority, o.joined_at, o.id) < (-w.priority, w.joined_at, w.id))::int END AS position,
      f.id AS "offerId", f.status AS "offerStatus", f.ticket_type_id AS "offerTypeId", f.quantity AS "offerQuantity",
      f.expires_at AS "offerExpiresAt", f.unit_price AS "offerPrice", f.currency AS "offerCurrency"
    FROM waitlists AS w
    JOIN events AS e ON e.id = w.event_id
    LEFT JOIN LATERAL (
      SELECT * FROM waitlist_offers WHERE waitlist_id = w.id ORDER BY offered_at DESC, id DESC LIMIT 1) AS f ON true
    WHERE (${id ?? null}::uuid IS NULL OR w.id = ${id ?? null}::uuid)
      AND (${eventId ?? null}::uuid IS NULL OR w.event_id = ${eventId ?? null}::uuid)
      AND (${userId ?? null}::uuid IS NULL OR w.user_id = ${userId ?? null}::uuid)
      AND (${after ?? null}::uuid IS NULL OR w.id < ${after ?? null}::uuid)
    ORDER BY w.id DESC LIMIT ${limit}`;

/** Events where seats may be waited for in vain: what the sweeper looks at. */
export const eventsWithWaiting = async (reader: Reader, limit: number): Promise<string[]> => {
  const rows = await reader.$queryRaw<{ event_id: string }[]>`
    SELECT DISTINCT w.event_id FROM waitlists AS w JOIN events AS e ON e.id = w.event_id
    WHERE w.status = 'WAITING' AND e.status IN ('PUBLISHED', 'ONGOING') AND e.deleted_at IS NULL
      AND (e.max_participants IS NULL OR e.held + e.sold < e.max_participants)
      AND EXISTS (SELECT FROM ticket_types AS t
        WHERE t.event_id = e.id AND (t.capacity IS NULL OR t.held + t.sold < t.capacity) AND ${COULD_EVER_HOLD})
    LIMIT ${limit}`;
  return rows.map(({ event_id }) => event_id);
};

/** `userId typeId` of live offers of an event. */
export const liveOffers = async (reader: Reader, eventId: string): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ name: string }[]>`
    SELECT user_id || ' ' || ticket_type_id AS name FROM waitlist_offers
    WHERE event_id = ${eventId}::uuid AND status = 'OFFERED'`;
  return new Set(rows.map(({ name }) => name));
};
