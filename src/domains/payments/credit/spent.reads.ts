import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** What was spent from a wallet after a moment, in minor units. Exact only while the wallet's account is locked. */
export const spentSince = async (reader: Reader, walletId: string, since: Date): Promise<bigint> => {
  const [row] = await reader.$queryRaw<{ spent: bigint }[]>`
    SELECT coalesce(-sum(e.amount), 0)::bigint AS spent
    FROM wallets AS w
    JOIN ledger_entries AS e ON e.account_id = w.ledger_account_id AND e.created_at > ${since}
    JOIN transactions AS t ON t.id = e.journal_id AND t.kind = 'WALLET_SPEND'
    WHERE w.id = ${walletId}::uuid`;
  return row?.spent ?? 0n;
};
