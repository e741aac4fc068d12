import type { Database } from '../../../../src/platform/db/client.ts';

/** Every rule a query finds broken, as sentences; empty when all hold. */
const broken = async (
  database: Database,
  queries: Record<string, { sql: string; args: unknown[] }>,
): Promise<string[]> => {
  const found: string[] = [];
  for (const [rule, { sql, args }] of Object.entries(queries)) {
    const rows = await database.$queryRawUnsafe<object[]>(sql, ...args);
    if (rows.length > 0) {
      const shown = JSON.stringify(rows, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
      found.push(`${rule}: ${shown}`);
    }
  }
  return found;
};

/** What must hold at every moment between two transactions (semantics 5.1, 5.2, 5.5). */
export const brokenAlways = (database: Database, eventId: string): Promise<string[]> =>
  broken(database, {
    'I1 no more is claimed than there is': {
      sql: `SELECT id FROM ticket_types WHERE event_id = $1::uuid AND held + sold > capacity
            UNION ALL SELECT id FROM events WHERE id = $1::uuid AND held + sold > max_participants`,
      args: [eventId],
    },
    'I2 held and sold are the sum of the rows': {
      sql: `SELECT t.id, t.held, t.sold, h.held AS rows_held, h.sold AS rows_sold, a.issued FROM ticket_types AS t
            LEFT JOIN LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE state = 'HELD'), 0) AS held,
              coalesce(sum(quantity) FILTER (WHERE state = 'SOLD'), 0) AS sold
              FROM inventory_holds WHERE ticket_type_id = t.id) AS h ON true
            LEFT JOIN LATERAL (SELECT count(*) AS issued FROM event_participants
              WHERE ticket_type_id = t.id AND status = 'ISSUED') AS a ON true
            WHERE t.event_id = $1::uuid AND (t.held <> h.held OR t.sold <> h.sold OR t.sold <> a.issued)`,
      args: [eventId],
    },
    'I2 the event counts what its types count': {
      sql: `SELECT e.held, e.sold, t.held AS types_held, t.sold AS types_sold FROM events AS e
            JOIN LATERAL (SELECT sum(held) AS held, sum(sold) AS sold FROM ticket_types WHERE event_id = e.id) AS t ON true
            WHERE e.id = $1::uuid AND (e.held <> t.held OR e.sold <> t.sold OR e.current_participants <> e.sold)`,
      args: [eventId],
    },
    'I3 a booking holds, has sold or has given up exactly its seats': {
      sql: `SELECT b.id, b.status FROM bookings AS b
            LEFT JOIN LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE state = 'HELD'), 0) AS held,
              coalesce(sum(quantity) FILTER (WHERE state = 'SOLD'), 0) AS sold FROM inventory_holds WHERE booking_id = b.id) AS h ON true
            LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE status = 'ISSUED') AS issued,
              count(*) FILTER (WHERE status = 'RESERVED') AS reserved FROM event_participants WHERE booking_id = b.id) AS a ON true
            WHERE b.event_id = $1::uuid AND NOT CASE
              WHEN b.status IN ('HELD', 'AWAITING_PAYMENT') THEN h.held = b.quantity AND h.sold = 0 AND a.reserved = b.quantity
              WHEN b.status = 'CONFIRMED' THEN h.held = 0 AND h.sold = a.issued AND a.issued > 0
              WHEN b.status = 'REQUESTED' THEN h.held + h.sold + a.issued = 0
              ELSE h.held + h.sold + a.issued + a.reserved = 0 END`,
      args: [eventId],
    },
    'I7 what is sold once a person is in one live booking of theirs': {
      sql: `SELECT b.user_id, t.id FROM bookings AS b
            JOIN event_participants AS a ON a.booking_id = b.id AND a.status IN ('RESERVED', 'ISSUED')
            JOIN ticket_types AS t ON t.id = a.ticket_type_id AND t.one_active_per_user
            WHERE b.event_id = $1::uuid AND b.status IN ('HELD', 'AWAITING_PAYMENT', 'CONFIRMED')
            GROUP BY b.user_id, t.id HAVING count(DISTINCT b.id) > 1`,
      args: [eventId],
    },
    'P1, P2 a code counts its uses, and no more than it may': {
      sql: `SELECT c.code, c.reserved, c.redeemed, r.reserved AS rows_reserved, r.redeemed AS rows_redeemed FROM promo_codes AS c
            LEFT JOIN LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
              coalesce(sum(quantity) FILTER (WHERE state = 'REDEEMED'), 0) AS redeemed
              FROM promo_redemptions WHERE promo_code_id = c.id) AS r ON true
            WHERE c.event_id = $1::uuid AND (c.reserved <> r.reserved OR c.redeemed <> r.redeemed
              OR c.reserved + c.redeemed > c.max_total)`,
      args: [eventId],
    },
    'P1, P2 so it does for each person': {
      sql: `SELECT u.user_id, u.reserved, u.redeemed FROM promo_user_counters AS u JOIN promo_codes AS c ON c.id = u.promo_code_id
            LEFT JOIN LATERAL (SELECT coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0) AS reserved,
              coalesce(sum(quantity) FILTER (WHERE state = 'REDEEMED'), 0) AS redeemed
              FROM promo_redemptions WHERE promo_code_id = c.id AND user_id = u.user_id) AS r ON true
            WHERE c.event_id = $1::uuid AND (u.reserved <> r.reserved OR u.redeemed <> r.redeemed
              OR u.reserved + u.redeemed > c.max_per_user)`,
      args: [eventId],
    },
    'P3 a code’s use lives and dies with its booking': {
      sql: `SELECT b.id, b.status, r.state FROM promo_redemptions AS r JOIN bookings AS b ON b.id = r.booking_id
            WHERE b.event_id = $1::uuid AND (
              (r.state = 'RESERVED' AND b.status NOT IN ('HELD', 'AWAITING_PAYMENT'))
              OR (r.state = 'REDEEMED' AND b.status NOT IN ('CONFIRMED', 'CANCELLED')))`,
      args: [eventId],
    },
    'P5 the parts of a booking are its price': {
      sql: `SELECT b.id FROM bookings AS b
            WHERE b.event_id = $1::uuid AND (b.discount_amount > b.subtotal_amount OR b.total_amount <> (
              SELECT coalesce(sum(price_paid), 0) FROM event_participants WHERE booking_id = b.id AND transferred_from_id IS NULL))`,
      args: [eventId],
    },
    'W2, W8 an open offer has its claim, and no other claim is an offer’s': {
      sql: `SELECT o.id, o.status FROM waitlist_offers AS o
            LEFT JOIN inventory_holds AS h ON h.waitlist_offer_id = o.id AND h.state = 'HELD' AND h.quantity = o.quantity
            WHERE o.event_id = $1::uuid AND (o.status = 'OFFERED') <> (h.id IS NOT NULL)`,
      args: [eventId],
    },
    'W1 an entry is OFFERED as long as its one offer is': {
      sql: `SELECT w.id, w.status FROM waitlists AS w
            LEFT JOIN waitlist_offers AS o ON o.waitlist_id = w.id AND o.status = 'OFFERED'
            WHERE w.event_id = $1::uuid AND (w.status = 'OFFERED') <> (o.id IS NOT NULL)`,
      args: [eventId],
    },
    'W3 nobody was passed more often than allowed': {
      sql: 'SELECT id, bypassed FROM waitlists WHERE event_id = $1::uuid AND bypassed > 3',
      args: [eventId],
    },
  });

/** What must hold once every fact was heard and everything that is over was swept. */
export const brokenAtRest = (database: Database, eventId: string): Promise<string[]> =>
  broken(database, {
    'no hold outlives its expiry': {
      sql: "SELECT id FROM inventory_holds WHERE event_id = $1::uuid AND state = 'HELD' AND expires_at <= now()",
      args: [eventId],
    },
    'I4 what was taken and not sent back is the price of the live tickets, less what was given or lost beside them': {
      sql: `SELECT b.id, b.status, p.kept, p.given, a.live FROM bookings AS b
            LEFT JOIN LATERAL (SELECT coalesce(sum(greatest(captured_amount - refunded_amount - lost, 0)), 0) AS kept,
                coalesce(sum(beside + lost), 0) AS given
              FROM payments LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS lost FROM disputes
                WHERE payment_id = payments.id AND status = 'LOST') AS d ON true
              LEFT JOIN LATERAL (SELECT coalesce(sum(amount), 0) AS beside FROM refunds
                WHERE payment_id = payments.id AND status <> 'FAILED' AND reason IN ('GOODWILL', 'EXTERNAL')) AS r ON true
              WHERE booking_id = b.id) AS p ON true
            LEFT JOIN LATERAL (SELECT coalesce(sum(price_paid), 0) AS live FROM event_participants
              WHERE booking_id = b.id AND status = 'ISSUED') AS a ON true
            WHERE b.event_id = $1::uuid AND NOT EXISTS (SELECT FROM disputes AS d JOIN payments AS q ON q.id = d.payment_id
                WHERE q.booking_id = b.id AND d.status IN ('OPENED', 'EVIDENCE_SUBMITTED'))
              AND NOT p.kept BETWEEN greatest(a.live - p.given, 0) AND a.live`,
      args: [eventId],
    },
    'I5 no more is sent back than was taken, nor twice by refund and by bank': {
      sql: `SELECT id, captured_amount, refunded_amount, disputed_amount FROM payments
            WHERE event_id = $1::uuid AND refunded_amount > captured_amount`,
      args: [eventId],
    },
    'I6 money taken has a seat, or goes back, or is a bank’s': {
      sql: `SELECT p.id, b.status, p.captured_amount, p.refunded_amount, p.disputed_amount
            FROM payments AS p JOIN bookings AS b ON b.id = p.booking_id
            WHERE b.event_id = $1::uuid AND p.captured_amount > p.refunded_amount + p.disputed_amount
              AND NOT (b.status = 'CONFIRMED' AND b.price_snapshot ->> 'paidBy' = p.id::text)`,
      args: [eventId],
    },
    'W4 whoever stands first and fits is offered what is free': {
      sql: `SELECT w.id, w.quantity FROM (SELECT * FROM waitlists WHERE event_id = $1::uuid AND status = 'WAITING'
              ORDER BY priority DESC, joined_at, id LIMIT 1) AS w
            JOIN ticket_types AS t ON t.id = w.ticket_type_id JOIN events AS e ON e.id = w.event_id
            WHERE w.quantity <= t.capacity - t.held - t.sold AND w.quantity <= e.max_participants - e.held - e.sold
              AND NOT EXISTS (SELECT FROM inventory_holds WHERE user_id = w.user_id AND ticket_type_id = t.id
                AND exclusive AND state IN ('HELD', 'SOLD'))`,
      args: [eventId],
    },
  });
