import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A host whose money does not add up; minor units. */
export interface HostBreak {
  hostId: string;
  currency: string;
  /** What payments, refunds and disputes say the host should have, or have been paid. */
  expectedMinor: bigint;
  /** What the books say is pending, available or owed, and what payouts have taken out. */
  foundMinor: bigint;
}

/**
 * Compares, for every host and currency: captured − refunds − commission − tax − disputes (what was taken or paid back by
 * hand the host has or gave: of that only commission and tax count), with what the platform paid for
 * its promo codes and did not take back, less what co-hosts were given of it and with what was given as a co-host, and what
 * was corrected by hand, with pending + available − owed + in transit + paid. It reads everything: give it a transaction
 * of its own.
 * @returns the hosts for whom the two differ, `limit` at most
 */
export const findHostBreaks = (reader: Reader, limit: number): Promise<HostBreak[]> =>
  reader.$queryRaw<HostBreak[]>`
    WITH earned AS (
      SELECT p.id, (p.commission_snapshot ->> 'hostId')::uuid AS host_id, p.currency, CASE p.provider WHEN 'MANUAL' THEN 0 ELSE p.captured_amount END AS captured,
        p.commission_amount AS commission, p.tax_amount AS tax,
        coalesce((p.commission_snapshot ->> 'platformDiscountMinor')::bigint, 0) AS discount
      FROM payments AS p
      WHERE p.purpose = 'BOOKING' AND p.captured_amount > 0 AND p.commission_snapshot ->> 'hostId' IS NOT NULL),
    shared AS (
      SELECT a.owner_id AS co_host_id, e.host_id, a.currency, l.amount
      FROM earned AS e JOIN transactions AS t ON t.source_type = 'PAYMENT' AND t.source_id = e.id::text AND t.kind = 'RELEASE'
        JOIN ledger_entries AS l ON l.journal_id = t.id JOIN ledger_accounts AS a ON a.id = l.account_id
      WHERE a.kind IN ('HOST_AVAILABLE', 'HOST_RECEIVABLE') AND a.owner_id <> e.host_id),
    expected AS (
      SELECT host_id, currency, captured - commission - tax + discount AS amount FROM earned
      UNION ALL
      SELECT e.host_id, e.currency, -(CASE WHEN r.by_hand THEN 0 ELSE r.amount END - r.commission_amount - r.tax_amount + r.promo_amount)
      FROM refunds AS r JOIN earned AS e ON e.id = r.payment_id WHERE r.status = 'SETTLED'
      UNION ALL
      SELECT e.host_id, e.currency, -(d.amount - d.commission_amount - d.tax_amount + d.promo_amount)
      FROM disputes AS d JOIN earned AS e ON e.id = d.payment_id
      WHERE d.status IN ('OPENED', 'EVIDENCE_SUBMITTED', 'LOST')
      UNION ALL
      SELECT moved.host_id, s.currency, moved.amount FROM shared AS s
        CROSS JOIN LATERAL (VALUES (s.co_host_id, s.amount), (s.host_id, -s.amount)) AS moved (host_id, amount)
      UNION ALL
      SELECT a.owner_id, a.currency, l.amount
      FROM transactions AS t JOIN ledger_entries AS l ON l.journal_id = t.id JOIN ledger_accounts AS a ON a.id = l.account_id
      WHERE t.source_type = 'MANUAL' AND a.kind IN ('HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE')),
    found AS (
      SELECT owner_id AS host_id, currency, posted AS amount FROM ledger_accounts
      WHERE kind IN ('HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE')
      UNION ALL
      SELECT host_id, currency, amount FROM payouts WHERE status IN ('SUBMITTING', 'UNKNOWN', 'IN_TRANSIT', 'PAID')),
    sums AS (
      SELECT host_id, currency, amount AS expected, 0 AS found FROM expected
      UNION ALL
      SELECT host_id, currency, 0, amount FROM found)
    SELECT host_id AS "hostId", currency, sum(expected)::bigint AS "expectedMinor", sum(found)::bigint AS "foundMinor"
    FROM sums GROUP BY host_id, currency HAVING sum(expected) <> sum(found)
    ORDER BY host_id, currency LIMIT ${limit}`;
