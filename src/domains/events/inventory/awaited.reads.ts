import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

/**
 * Whether the entry `w` could ever be served with the ticket type `t` of the event `e`: by the sizes of its orders, its
 * capacity and the event’s, and by what its person holds already. As in `couldEverHold`.
 */
export const COULD_EVER_HOLD = Prisma.sql`(
  (w.ticket_type_id = t.id OR (w.ticket_type_id IS NULL AND t.visibility = 'PUBLIC' AND t.status = 'ON_SALE'))
  AND w.quantity BETWEEN t.min_per_order AND least(t.max_per_order, t.capacity, e.max_participants)
  AND NOT (t.one_active_per_user AND EXISTS (
    SELECT FROM inventory_holds AS h
    WHERE h.user_id = w.user_id AND h.ticket_type_id = t.id AND h.exclusive AND h.state IN ('HELD', 'SOLD'))))`;

/** Whether somebody waits for the ticket type `t` of the event `e` who could ever be served: nothing is kept for others. */
export const IS_AWAITED = Prisma.sql`EXISTS (
  SELECT FROM waitlists AS w WHERE w.event_id = t.event_id AND w.status = 'WAITING' AND ${COULD_EVER_HOLD})`;

/** Ticket types of an event whose free seats are kept for the waitlist now. */
export const awaitedTypes = async (reader: Pick<Transaction, '$queryRaw'>, eventId: string): Promise<Set<string>> => {
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT t.id FROM ticket_types AS t JOIN events AS e ON e.id = t.event_id
    WHERE e.id = ${eventId}::uuid AND e.waitlist_enabled AND now() < e.start_date - interval '2 hours' AND ${IS_AWAITED}`;
  return new Set(rows.map(({ id }) => id));
};
