import type { Database } from '../../../platform/db/client.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';

const BATCH = 100;
/** What has been given nothing for longer was looked at by a person: a refund of it failed. */
const OLDEST_MS = 48 * 3_600_000;

/**
 * Payments of which something is left for bookings that were never confirmed: neither a seat was given for it, nor has it
 * gone back. The money was taken before `until`, but not days before; that of a dispute which was won since then counts from
 * its end. What failed to go back is owed, and asked for again elsewhere.
 */
export const unclaimedPayments = (database: Pick<Database, '$queryRaw'>, until: Date): Promise<Unclaimed[]> =>
  database.$queryRaw<Unclaimed[]>`
    SELECT p.id, p.provider, p.completed_at AS "completedAt"
    FROM payments AS p JOIN bookings AS b ON b.id = p.booking_id
    WHERE p.purpose = 'BOOKING' AND p.captured_amount > p.refunded_amount + p.disputed_amount
      AND p.completed_at < ${until} AND b.status <> 'CONFIRMED' AND b.confirmed_at IS NULL
      AND (p.completed_at > ${new Date(until.getTime() - OLDEST_MS)} OR EXISTS (
        SELECT 1 FROM disputes AS d WHERE d.payment_id = p.id AND d.status IN ('WON', 'WITHDRAWN')
          AND d.closed_at > ${new Date(until.getTime() - OLDEST_MS)}))
      AND NOT EXISTS (
        SELECT 1 FROM refunds AS r JOIN reconciliation_breaks AS k
          ON k.payment_id = p.id AND k.reference = r.id::text AND k.status = 'OPEN'
        WHERE r.payment_id = p.id AND r.status = 'FAILED')
    ORDER BY p.completed_at LIMIT ${BATCH}`;

/** A payment nothing was given for. */
export type Unclaimed = Pick<PaymentRow, 'id' | 'provider'> & { completedAt: Date };
