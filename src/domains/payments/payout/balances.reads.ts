import { Prisma } from '../../../generated/prisma/client.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { pendingByPayment } from '../ledger/pending.reads.ts';
import { type Balances, type EarningPart, sumParts } from './parts.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Sales that are not released, and of which co-hosts have a part: this person, or people to whom they are the host. */
const sharedSales = (userId: string): Prisma.Sql => {
  const theirs = JSON.stringify([{ userId }]);
  return Prisma.sql`
    SELECT p.id FROM payments AS p JOIN events AS e ON e.id = p.event_id
    WHERE e.host_id = ${userId}::uuid AND p.released_at IS NULL AND p.captured_amount > 0
      AND p.commission_snapshot -> 'shares' <> '[]'
    UNION
    SELECT p.id FROM payments AS p
    WHERE p.released_at IS NULL AND p.captured_amount > 0 AND p.commission_snapshot -> 'shares' @> ${theirs}::jsonb`;
};

/**
 * A person's balances by currency, from the books and the payouts that have left: one statement, so that nothing moves
 * meanwhile. Sales alike count as one row; its cost grows with the shared sales that are not released.
 */
export const balancesOf = async (reader: Reader, userId: string): Promise<Balances[]> => {
  const parts = await reader.$queryRaw<EarningPart[]>`
    SELECT currency, kind::text AS part, posted AS "amountMinor", 1 AS times, NULL::jsonb AS snapshot FROM ledger_accounts
    WHERE owner_id = ${userId}::uuid AND kind IN ('HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE')
    UNION ALL
    SELECT currency, CASE status WHEN 'PAID' THEN 'PAID' ELSE 'IN_TRANSIT' END, sum(amount)::bigint, 1, NULL FROM payouts
    WHERE host_id = ${userId}::uuid AND status IN ('SUBMITTING', 'UNKNOWN', 'IN_TRANSIT', 'PAID')
    GROUP BY 1, 2
    UNION ALL
    SELECT p.currency, 'SHARED', s.pending, count(*)::int,
      jsonb_build_object('hostId', p.commission_snapshot -> 'hostId', 'shares', p.commission_snapshot -> 'shares')
    FROM (${pendingByPayment(sharedSales(userId))}) AS s JOIN payments AS p ON p.id = s.payment_id
    WHERE s.pending > 0
    GROUP BY 1, 3, 5`;
  return sumParts(parts, userId);
};
