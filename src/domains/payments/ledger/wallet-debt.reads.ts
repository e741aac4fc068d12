import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/**
 * What of somebody's credit we paid for: spent, and then taken back from us by a bank, or sent back unasked. It is what the
 * journals of their payments left in SUSPENSE and no returned credit has covered; minor units. Exact only while their wallet is
 * locked. Below zero where more was covered than they owe.
 */
export const walletDebtOf = async (
  reader: Reader,
  { userId, currency }: { userId: string; currency: string },
): Promise<bigint> => {
  const [row] = await reader.$queryRaw<{ debt: bigint }[]>`
    WITH own AS (SELECT id FROM payments WHERE user_id = ${userId}::uuid AND currency = ${currency} AND captured_amount > 0),
    journals AS (
      SELECT t.id FROM own JOIN refunds AS r ON r.payment_id = own.id
        JOIN transactions AS t ON t.source_type = 'REFUND' AND t.source_id = r.id::text
      UNION ALL
      SELECT t.id FROM own JOIN disputes AS d ON d.payment_id = own.id
        JOIN transactions AS t ON t.source_type = 'DISPUTE' AND t.source_id = d.id::text)
    SELECT coalesce(-sum(e.amount), 0)::bigint AS debt
    FROM journals JOIN ledger_entries AS e ON e.journal_id = journals.id
      JOIN ledger_accounts AS a ON a.id = e.account_id AND a.kind = 'SUSPENSE'`;
  return row?.debt ?? 0n;
};
