import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

interface Page {
  now: Date;
  /** Events that ended before it are due. */
  endedBefore: Date;
  /** The id of the last payment of the page before. */
  after: string;
  limit: number;
}

/**
 * Payments whose earnings may be released, in the order of their ids: their event has ended long enough ago, and so has the
 * date for which they were sold; it is not postponed, nobody may still give a ticket back because its date moved, nothing of
 * them is disputed or on its way back, and their event is not being paid back.
 */
export const paymentsDue = (reader: Reader, { now, endedBefore, after, limit }: Page): Promise<{ id: string }[]> =>
  reader.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM payments AS p JOIN events AS e ON e.id = p.event_id LEFT JOIN bookings AS s ON s.id = p.booking_id
    WHERE p.released_at IS NULL AND p.captured_amount > 0 AND p.purpose = 'BOOKING' AND p.id > ${after}::uuid
      AND e.end_date < ${endedBefore} AND ${tookPlace(now, endedBefore)}
      AND NOT EXISTS (
        SELECT 1 FROM disputes AS d WHERE d.payment_id = p.id AND d.status IN ('OPENED', 'EVIDENCE_SUBMITTED'))
      AND NOT EXISTS (
        SELECT 1 FROM refunds AS r WHERE r.payment_id = p.id AND r.status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN'))
      AND (e.status <> 'CANCELLED' OR NOT EXISTS (
        SELECT 1 FROM payments AS q LEFT JOIN bookings AS b ON b.id = q.booking_id
        WHERE q.event_id = e.id AND q.captured_amount > 0 AND (
          (b.status = 'CONFIRMED' AND q.refunded_amount < q.captured_amount
            AND (q.status <> 'DISPUTE_LOST' OR q.refunded_amount + q.disputed_amount < q.captured_amount)) OR EXISTS (
            SELECT 1 FROM refunds AS r WHERE r.payment_id = q.id AND r.status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')))))
    ORDER BY p.id LIMIT ${limit}`;

/**
 * Whether what was sold took place, of an event `e` and the booking `s` of a sale. A date that moved is no way to be paid
 * earlier: the one for which it was sold must have passed too.
 */
const tookPlace = (now: Date, endedBefore: Date): Prisma.Sql => Prisma.sql`
  e.status <> 'POSTPONED'
    AND coalesce((s.policy_snapshot ->> 'fullRefundUntil')::timestamptz <= ${now}, true)
    AND coalesce((s.policy_snapshot ->> 'startsAt')::timestamptz < ${endedBefore}, true)`;

/** Whether the event of a payment is postponed: nobody knows yet whether it takes place. */
export const isPostponed = async (reader: Reader, paymentId: string): Promise<boolean> => {
  const [row] = await reader.$queryRaw<{ postponed: boolean }[]>`
    SELECT e.status = 'POSTPONED' AS postponed FROM payments AS p JOIN events AS e ON e.id = p.event_id
    WHERE p.id = ${paymentId}::uuid`;
  return row?.postponed === true;
};

/** Whether money of this payment may still move back: somebody disputes it, or a refund is on its way. */
export const isContested = async (reader: Reader, paymentId: string): Promise<boolean> => {
  const [row] = await reader.$queryRaw<{ contested: boolean }[]>`
    SELECT EXISTS (
        SELECT 1 FROM disputes WHERE payment_id = ${paymentId}::uuid AND status IN ('OPENED', 'EVIDENCE_SUBMITTED'))
      OR EXISTS (
        SELECT 1 FROM refunds WHERE payment_id = ${paymentId}::uuid AND status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN'))
      AS contested`;
  return row?.contested === true;
};

/**
 * Whether an event of this host is being paid back: it was cancelled, and some of its bookings still stand, or money is on
 * its way to their payers. Until that is over nobody knows what is left to the host.
 */
export const hasMassRefund = async (reader: Reader, hostId: string): Promise<boolean> => {
  const [row] = await reader.$queryRaw<{ refunding: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM events AS e JOIN payments AS q ON q.event_id = e.id LEFT JOIN bookings AS b ON b.id = q.booking_id
      WHERE e.host_id = ${hostId}::uuid AND e.status = 'CANCELLED' AND q.captured_amount > 0 AND (
        (b.status = 'CONFIRMED' AND q.refunded_amount < q.captured_amount
            AND (q.status <> 'DISPUTE_LOST' OR q.refunded_amount + q.disputed_amount < q.captured_amount)) OR EXISTS (
          SELECT 1 FROM refunds AS r WHERE r.payment_id = q.id AND r.status IN ('REQUESTED', 'SUBMITTED', 'UNKNOWN')))
    ) AS refunding`;
  return row?.refunding === true;
};
