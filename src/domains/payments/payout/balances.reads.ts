import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Where a host's earnings are; minor units. */
export interface Balances {
  currency: string;
  pendingMinor: bigint;
  availableMinor: bigint;
  inTransitMinor: bigint;
  paidMinor: bigint;
  /** What the host owes, as a positive number. */
  owedMinor: bigint;
}

/** A host's balances by currency, from the books and the payouts that have left. */
export const balancesOf = (reader: Reader, hostId: string): Promise<Balances[]> =>
  reader.$queryRaw<Balances[]>`
    WITH parts AS (
      SELECT currency, kind::text AS part, posted AS amount FROM ledger_accounts
      WHERE owner_id = ${hostId}::uuid AND kind IN ('HOST_PENDING', 'HOST_AVAILABLE', 'HOST_RECEIVABLE')
      UNION ALL
      SELECT currency, CASE status WHEN 'PAID' THEN 'PAID' ELSE 'IN_TRANSIT' END, sum(amount)::bigint FROM payouts
      WHERE host_id = ${hostId}::uuid AND status IN ('SUBMITTING', 'UNKNOWN', 'IN_TRANSIT', 'PAID')
      GROUP BY 1, 2)
    SELECT currency,
      coalesce(sum(amount) FILTER (WHERE part = 'HOST_PENDING'), 0)::bigint AS "pendingMinor",
      coalesce(sum(amount) FILTER (WHERE part = 'HOST_AVAILABLE'), 0)::bigint AS "availableMinor",
      coalesce(sum(amount) FILTER (WHERE part = 'IN_TRANSIT'), 0)::bigint AS "inTransitMinor",
      coalesce(sum(amount) FILTER (WHERE part = 'PAID'), 0)::bigint AS "paidMinor",
      coalesce(-sum(amount) FILTER (WHERE part = 'HOST_RECEIVABLE'), 0)::bigint AS "owedMinor"
    FROM parts GROUP BY currency ORDER BY currency`;
