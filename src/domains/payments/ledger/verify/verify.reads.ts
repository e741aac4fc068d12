import type { Transaction } from '../../../../platform/db/client.ts';
import type { Break } from './breaks.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** Comes before every id. */
export const FIRST_ID = '00000000-0000-0000-0000-000000000000';

export interface StoredAccount {
  id: string;
  currency: string;
  /** Of an account in parts; 0 of one that is its own. */
  part: number;
  allowNegative: boolean;
  posted: bigint;
  pendingDebit: bigint;
  version: bigint;
  /** What its live holds set aside, added up. */
  held: bigint;
}

/** Accounts in the order of their ids. */
export const accountsAfter = (reader: Reader, after: string, limit: number): Promise<StoredAccount[]> =>
  reader.$queryRaw<StoredAccount[]>`
    SELECT a.id, a.currency, a.part::int AS part, a.allow_negative AS "allowNegative", a.posted, a.pending_debit AS "pendingDebit", a.version,
      (SELECT coalesce(sum(h.amount), 0)::bigint FROM wallet_holds AS h JOIN wallets AS w ON w.id = h.wallet_id
       WHERE w.ledger_account_id = a.id AND h.state = 'PENDING') AS held
    FROM ledger_accounts AS a WHERE a.id > ${after}::uuid ORDER BY a.id LIMIT ${limit}`;

export interface StoredEntry {
  id: string;
  amount: bigint;
  currency: string;
  balanceAfter: bigint;
  version: bigint;
}

/** An account's entries in the order in which they were posted. */
export const entriesAfter = (
  reader: Reader,
  accountId: string,
  { after, limit }: { after: bigint; limit: number },
): Promise<StoredEntry[]> =>
  reader.$queryRaw<StoredEntry[]>`
    SELECT id, amount, currency, balance_after AS "balanceAfter", account_version AS version
    FROM ledger_entries WHERE account_id = ${accountId}::uuid AND account_version > ${after}
    ORDER BY account_version LIMIT ${limit}`;

/** The last of the next `limit` journals; null when there are none. */
export const lastOfJournals = async (
  reader: Reader,
  after: string,
  limit: number,
): Promise<{ lastId: string; count: number } | null> => {
  const [row] = await reader.$queryRaw<{ lastId: string | null; count: number }[]>`
    SELECT max(id::text) AS "lastId", count(*)::int AS count FROM (
      SELECT id FROM transactions WHERE id > ${after}::uuid ORDER BY id LIMIT ${limit}) AS page`;
  return row?.lastId ? { lastId: row.lastId, count: row.count } : null;
};

/** What is wrong with the journals after one id, up to and with another. */
export const journalBreaks = (reader: Reader, after: string, upTo: string): Promise<Break[]> =>
  reader.$queryRaw<Break[]>`
    WITH page AS (SELECT id, reverses_id FROM transactions WHERE id > ${after}::uuid AND id <= ${upTo}::uuid),
    sums AS (
      SELECT page.id, e.currency, sum(e.amount) AS amount
      FROM page JOIN ledger_entries AS e ON e.journal_id = page.id GROUP BY page.id, e.currency),
    counts AS (
      SELECT page.id, count(e.id) AS entries
      FROM page LEFT JOIN ledger_entries AS e ON e.journal_id = page.id GROUP BY page.id),
    reversed AS (
      SELECT page.id, a.kind, a.owner_id, a.currency, e.amount
      FROM page JOIN ledger_entries AS e ON e.journal_id IN (page.id, page.reverses_id)
        JOIN ledger_accounts AS a ON a.id = e.account_id
      WHERE page.reverses_id IS NOT NULL)
    SELECT 'JOURNAL_UNBALANCED' AS kind, id::text, '0 ' || currency AS expected, amount::text || ' ' || currency AS found
    FROM sums WHERE amount <> 0
    UNION ALL
    SELECT 'JOURNAL_TOO_SHORT', id::text, '2 entries or more', entries::text FROM counts WHERE entries < 2
    UNION ALL
    SELECT 'REVERSAL_NOT_OPPOSITE', id::text,
      'nothing left on ' || kind || ' of ' || coalesce(owner_id::text, 'the platform') || ' in ' || currency, sum(amount)::text
    FROM reversed GROUP BY id, kind, owner_id, currency HAVING sum(amount) <> 0
    ORDER BY 2, 1`;

/** Wallets whose account is not their owner's purse in their currency. */
export const walletBreaks = (reader: Reader, limit: number): Promise<Break[]> =>
  reader.$queryRaw<Break[]>`
    SELECT 'WALLET_ACCOUNT' AS kind, w.id::text, 'ATTENDEE_WALLET of ' || w.user_id || ' in ' || w.currency AS expected,
      a.kind || ' of ' || coalesce(a.owner_id::text, 'the platform') || ' in ' || a.currency AS found
    FROM wallets AS w JOIN ledger_accounts AS a ON a.id = w.ledger_account_id
    WHERE a.kind <> 'ATTENDEE_WALLET' OR a.owner_id IS DISTINCT FROM w.user_id OR a.currency <> w.currency
    ORDER BY w.id LIMIT ${limit}`;
