import type { Database } from '../../../src/platform/db/client.ts';
import { REFUND_BASIS_POINTS } from './stage.ts';

/** Payment `p` was captured while somebody waited for it. Money for a payment that was given up is sent back, and sells nothing. */
export const TOLD = `EXISTS (SELECT FROM outbox_events AS o
  WHERE o.name = 'payment.captured' AND o.payload->>'paymentId' = p.id::text)`;

/** Rows that contradict a promise of the money path once all is quiet; each query finds none. */
const CONTRADICTIONS: readonly (readonly [promise: string, query: string])[] = [
  [
    'what was taken and kept of a booking is the price of its live tickets and what cancelled ones leave',
    `SELECT * FROM (
       SELECT b.id, b.status,
         (SELECT coalesce(sum(p.captured_amount), 0) FROM payments AS p WHERE p.booking_id = b.id)
         - (SELECT coalesce(sum(r.amount), 0) FROM refunds AS r WHERE r.booking_id = b.id AND r.status <> 'FAILED')
         - (SELECT coalesce(sum(d.amount), 0) FROM disputes AS d JOIN payments AS p ON p.id = d.payment_id
            WHERE p.booking_id = b.id AND d.status = 'LOST') AS kept,
         (SELECT coalesce(sum(CASE a.status WHEN 'ISSUED' THEN a.price_paid
            ELSE a.price_paid - a.price_paid * ${REFUND_BASIS_POINTS} / 10000 END), 0)
          FROM event_participants AS a WHERE a.booking_id = b.id AND b.confirmed_at IS NOT NULL) AS owed
       FROM bookings AS b) AS sums WHERE kept <> owed`,
  ],
  [
    'a payment that was captured bought the booking, or all of it went back; never both, never neither',
    `SELECT p.id, p.status, b.status AS booking FROM payments AS p JOIN bookings AS b ON b.id = p.booking_id
     WHERE p.captured_amount > 0 AND (b.confirmed_at IS NOT NULL AND b.price_snapshot->>'paidBy' = p.id::text) =
       (SELECT coalesce(sum(r.amount), 0) = p.captured_amount FROM refunds AS r
        WHERE r.payment_id = p.id AND r.status = 'SETTLED' AND r.reason IN ('LATE_PAYMENT', 'DUPLICATE'))`,
  ],
  [
    'a booking that was confirmed was paid by a payment of its own, of its total',
    `SELECT b.id FROM bookings AS b LEFT JOIN payments AS p
       ON p.id::text = b.price_snapshot->>'paidBy' AND p.booking_id = b.id AND p.captured_amount = b.total_amount
     WHERE b.confirmed_at IS NOT NULL AND p.id IS NULL`,
  ],
  [
    'a booking’s tickets say what it is, and their prices are its total',
    `SELECT b.id, b.status FROM bookings AS b JOIN event_participants AS a ON a.booking_id = b.id GROUP BY b.id
     HAVING sum(a.price_paid) <> b.total_amount OR count(*) <> b.quantity
       OR count(*) FILTER (WHERE a.status = 'RESERVED') > 0
       OR (b.status = 'CONFIRMED') <> (count(*) FILTER (WHERE a.status = 'ISSUED') > 0)`,
  ],
  [
    'no hold outlives its expiry',
    `SELECT id FROM bookings WHERE status IN ('HELD', 'AWAITING_PAYMENT') AND hold_expires_at <= now()
     UNION ALL SELECT id FROM inventory_holds WHERE state = 'HELD' AND expires_at <= now()`,
  ],
  [
    'what an event counts is what its rows come to, below what it holds',
    `SELECT id, held, sold FROM events AS e WHERE held + sold > max_participants OR current_participants <> sold
       OR held <> (SELECT coalesce(sum(quantity), 0) FROM inventory_holds WHERE event_id = e.id AND state = 'HELD')
       OR sold <> (SELECT count(*) FROM event_participants WHERE event_id = e.id AND status = 'ISSUED')`,
  ],
  [
    'what a ticket type counts is what its rows come to, below what it holds',
    `SELECT id, held, sold FROM ticket_types AS t WHERE held + sold > capacity
       OR held <> (SELECT coalesce(sum(quantity), 0) FROM inventory_holds WHERE ticket_type_id = t.id AND state = 'HELD')
       OR sold <> (SELECT coalesce(sum(quantity), 0) FROM inventory_holds WHERE ticket_type_id = t.id AND state = 'SOLD')
       OR sold <> (SELECT count(*) FROM event_participants WHERE ticket_type_id = t.id AND status = 'ISSUED')`,
  ],
  [
    'what a code counts is what its rows come to, within its limit',
    `SELECT c.id, reserved, redeemed FROM promo_codes AS c WHERE reserved + redeemed > max_total
       OR reserved <> (SELECT coalesce(sum(quantity), 0) FROM promo_redemptions WHERE promo_code_id = c.id AND state = 'RESERVED')
       OR redeemed <> (SELECT coalesce(sum(quantity), 0) FROM promo_redemptions WHERE promo_code_id = c.id AND state = 'REDEEMED')`,
  ],
  [
    'what a person used of a code is what their rows come to',
    `SELECT c.user_id, reserved, redeemed FROM promo_user_counters AS c
     WHERE reserved <> (SELECT coalesce(sum(quantity), 0) FROM promo_redemptions AS r
         WHERE r.promo_code_id = c.promo_code_id AND r.user_id = c.user_id AND state = 'RESERVED')
       OR redeemed <> (SELECT coalesce(sum(quantity), 0) FROM promo_redemptions AS r
         WHERE r.promo_code_id = c.promo_code_id AND r.user_id = c.user_id AND state = 'REDEEMED')`,
  ],
  [
    'a use of a code is of a booking that lives, or was sold',
    `SELECT r.id FROM promo_redemptions AS r JOIN bookings AS b ON b.id = r.booking_id
     WHERE r.state = 'RESERVED' AND b.status NOT IN ('HELD', 'AWAITING_PAYMENT')
       OR r.state = 'REDEEMED' AND b.confirmed_at IS NULL`,
  ],
  [
    'numbers of a series of invoices have no gap',
    'SELECT series FROM invoices GROUP BY series HAVING min(number) <> 1 OR max(number) <> count(*)',
  ],
  [
    'what was paid is on one invoice of each seller, what went back of it on credit notes of those, to the amount; what was sent back at once on none',
    `SELECT p.id FROM payments AS p LEFT JOIN invoices AS i ON i.payment_id = p.id AND i.kind NOT IN ('CREDIT_NOTE', 'COMMISSION')
     WHERE p.captured_amount > 0 GROUP BY p.id
     HAVING count(i.id) FILTER (WHERE i.kind <> 'FEE') <> CASE WHEN ${TOLD} THEN 1 ELSE 0 END OR sum(i.total_amount) <> p.captured_amount
     UNION ALL
     SELECT r.id FROM refunds AS r JOIN payments AS p ON p.id = r.payment_id
     LEFT JOIN (SELECT note.* FROM invoices AS note JOIN invoices AS own ON own.id = note.corrects_id
       WHERE own.kind NOT IN ('CREDIT_NOTE', 'COMMISSION')) AS i ON i.refund_id = r.id
     WHERE r.status = 'SETTLED' GROUP BY r.id, p.id
     HAVING (count(i.id) > 0) <> ${TOLD} OR -sum(i.total_amount) <> r.amount`,
  ],
  [
    'no refund failed, and no provider contradicted us',
    "SELECT id FROM refunds WHERE status = 'FAILED' UNION ALL SELECT id FROM reconciliation_breaks UNION ALL SELECT id FROM payments WHERE status = 'QUARANTINED'",
  ],
  // A recurring job comes again, a call is repeated by its caller, a webhook that never comes is asked about: a fact is not.
  ['no subscriber was given up on', "SELECT reference, error FROM dead_letters WHERE source = 'fact'"],
];

/** Looks for every contradiction at once. @returns what was found, by promise */
export const contradictions = async (database: Database): Promise<[promise: string, rows: unknown[]][]> => {
  const found: [string, unknown[]][] = [];
  for (const [promise, query] of CONTRADICTIONS) {
    const rows = await database.$queryRawUnsafe<unknown[]>(query);
    if (rows.length > 0) found.push([promise, rows]);
  }
  return found;
};
