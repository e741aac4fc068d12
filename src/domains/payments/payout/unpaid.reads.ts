import type { Transaction } from '../../../platform/db/client.ts';
import { MAX_ITEMS } from './payout.reads.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A journal that moved a host's available earnings and is in no payout of that host. */
export interface Unpaid {
  journalId: string;
  bookingId: string | null;
  /** Minor units; negative for what was taken back. */
  amountMinor: bigint;
}

/**
 * What no payout has yet: releases, and what refunds and disputes moved after them. What was taken back comes first, so that
 * the first items are never worth more than all. Exact only while the host's account is locked.
 */
export const unpaidEarnings = (
  reader: Reader,
  { hostId, currency }: { hostId: string; currency: string },
): Promise<Unpaid[]> =>
  reader.$queryRaw<Unpaid[]>`
    SELECT t.id AS "journalId", coalesce(p.booking_id, r.booking_id, dp.booking_id) AS "bookingId", e.amount AS "amountMinor"
    FROM ledger_accounts AS a
    JOIN ledger_entries AS e ON e.account_id = a.id
    JOIN transactions AS t ON t.id = e.journal_id
    LEFT JOIN payments AS p ON p.id = CASE WHEN t.source_type = 'PAYMENT' THEN t.source_id::uuid END
    LEFT JOIN refunds AS r ON r.id = CASE WHEN t.source_type = 'REFUND' THEN t.source_id::uuid END
    LEFT JOIN disputes AS d ON d.id = CASE WHEN t.source_type = 'DISPUTE' THEN t.source_id::uuid END
    LEFT JOIN payments AS dp ON dp.id = d.payment_id
    WHERE a.owner_id = ${hostId}::uuid AND a.kind = 'HOST_AVAILABLE' AND a.currency = ${currency}
      AND t.kind NOT IN ('PAYOUT_SUBMITTED', 'PAYOUT_PAID', 'PAYOUT_RETURNED')
      AND NOT EXISTS (SELECT 1 FROM payout_items AS i WHERE i.journal_id = t.id AND i.host_id = a.owner_id AND i.state <> 'FREED')
    ORDER BY e.amount > 0, t.id LIMIT ${MAX_ITEMS}`;
