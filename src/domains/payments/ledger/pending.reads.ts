import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/**
 * What payments still have in their host's pending earnings: capture, refunds, disputes and release together, and what
 * corrected them. Exact only while the host's pending account is locked, or within one snapshot.
 * @param payments a query of their ids, as `id`
 * @returns a query of `payment_id` and `pending`, without those that were never booked
 */
export const pendingByPayment = (payments: Prisma.Sql): Prisma.Sql => Prisma.sql`
  WITH asked AS (${payments}),
  booked AS (
    SELECT p.id AS payment_id, t.id FROM asked AS p
      JOIN transactions AS t ON t.source_type = 'PAYMENT' AND t.source_id = p.id::text
    UNION ALL
    SELECT p.id, t.id FROM asked AS p JOIN refunds AS r ON r.payment_id = p.id
      JOIN transactions AS t ON t.source_type = 'REFUND' AND t.source_id = r.id::text
    UNION ALL
    SELECT p.id, t.id FROM asked AS p JOIN disputes AS d ON d.payment_id = p.id
      JOIN transactions AS t ON t.source_type = 'DISPUTE' AND t.source_id = d.id::text),
  journals AS (
    SELECT payment_id, id FROM booked
    UNION ALL
    SELECT payment_id, t.id FROM booked
      JOIN transactions AS t ON t.source_type = 'MANUAL' AND t.source_id = booked.id::text)
  SELECT payment_id, sum(e.amount)::bigint AS pending
  FROM journals JOIN ledger_entries AS e ON e.journal_id = journals.id
    JOIN ledger_accounts AS a ON a.id = e.account_id AND a.kind = 'HOST_PENDING'
  GROUP BY payment_id`;

/** What one payment still has in its host's pending earnings. */
export const pendingOf = async (reader: Reader, paymentId: string): Promise<bigint> => {
  const [row] = await reader.$queryRaw<{ pending: bigint }[]>(
    pendingByPayment(Prisma.sql`SELECT ${paymentId}::uuid AS id`),
  );
  return row?.pending ?? 0n;
};

/** A release as it was posted; minor units. */
export interface Release {
  journalId: string;
  /** What left the pending earnings. */
  releasedMinor: bigint;
  /** What of it paid back what the host owed; the rest was for the host and co-hosts. */
  recoveredMinor: bigint;
}

/** The release of what a payment earned; null while it waits for the event. */
export const findRelease = async (reader: Reader, paymentId: string): Promise<Release | null> => {
  const [row] = await reader.$queryRaw<Release[]>`
    SELECT t.id AS "journalId",
      coalesce(-sum(e.amount) FILTER (WHERE a.kind = 'HOST_PENDING'), 0)::bigint AS "releasedMinor",
      coalesce(sum(e.amount) FILTER (WHERE a.kind = 'HOST_RECEIVABLE' AND a.owner_id = (
        SELECT h.owner_id FROM ledger_entries AS p JOIN ledger_accounts AS h ON h.id = p.account_id
        WHERE p.journal_id = t.id AND h.kind = 'HOST_PENDING')), 0)::bigint AS "recoveredMinor"
    FROM transactions AS t
    JOIN ledger_entries AS e ON e.journal_id = t.id
    JOIN ledger_accounts AS a ON a.id = e.account_id
    WHERE t.source_type = 'PAYMENT' AND t.source_id = ${paymentId} AND t.kind = 'RELEASE'
    GROUP BY t.id`;
  return row ?? null;
};
