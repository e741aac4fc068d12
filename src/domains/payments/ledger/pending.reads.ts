import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** What earnings come from: a payment, or a redemption that left nothing to pay. */
export interface EarningSource {
  type: 'PAYMENT' | 'PROMO_REDEMPTION';
  id: string;
}

/**
 * What one payment still has in its host's pending earnings: its capture, refunds, disputes and release together, and what
 * corrected them. Exact only while the host's pending account is locked.
 */
export const pendingOf = async (reader: Reader, { type, id }: EarningSource): Promise<bigint> => {
  const [row] = await reader.$queryRaw<{ pending: bigint }[]>`
    WITH booked AS (
      SELECT id FROM transactions WHERE source_type = ${type}::journal_source AND source_id = ${id}
      UNION ALL
      SELECT t.id FROM refunds AS r JOIN transactions AS t ON t.source_type = 'REFUND' AND t.source_id = r.id::text
      WHERE ${type} = 'PAYMENT' AND r.payment_id = ${id}::uuid
      UNION ALL
      SELECT t.id FROM disputes AS d JOIN transactions AS t ON t.source_type = 'DISPUTE' AND t.source_id = d.id::text
      WHERE ${type} = 'PAYMENT' AND d.payment_id = ${id}::uuid
    ), journals AS (
      SELECT id FROM booked
      UNION ALL
      SELECT t.id FROM booked JOIN transactions AS t ON t.source_type = 'MANUAL' AND t.source_id = booked.id::text
    )
    SELECT coalesce(sum(e.amount), 0)::bigint AS pending
    FROM journals JOIN ledger_entries AS e ON e.journal_id = journals.id
    JOIN ledger_accounts AS a ON a.id = e.account_id AND a.kind = 'HOST_PENDING'`;
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
export const findRelease = async (reader: Reader, { type, id }: EarningSource): Promise<Release | null> => {
  const [row] = await reader.$queryRaw<Release[]>`
    SELECT t.id AS "journalId",
      coalesce(-sum(e.amount) FILTER (WHERE a.kind = 'HOST_PENDING'), 0)::bigint AS "releasedMinor",
      coalesce(sum(e.amount) FILTER (WHERE a.kind = 'HOST_RECEIVABLE' AND a.owner_id = (
        SELECT h.owner_id FROM ledger_entries AS p JOIN ledger_accounts AS h ON h.id = p.account_id
        WHERE p.journal_id = t.id AND h.kind = 'HOST_PENDING')), 0)::bigint AS "recoveredMinor"
    FROM transactions AS t
    JOIN ledger_entries AS e ON e.journal_id = t.id
    JOIN ledger_accounts AS a ON a.id = e.account_id
    WHERE t.source_type = ${type}::journal_source AND t.source_id = ${id} AND t.kind = 'RELEASE'
    GROUP BY t.id`;
  return row ?? null;
};
