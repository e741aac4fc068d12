import type pg from 'pg';
import { expect } from 'vitest';

/** Rows that contradict a promise of the books; each query finds none. Names are those of the promises. */
const CONTRADICTIONS: [promise: string, query: string][] = [
  [
    'L1 every journal sums to zero',
    'SELECT journal_id FROM ledger_entries GROUP BY journal_id, currency HAVING sum(amount) <> 0',
  ],
  [
    'L2 all entries of a currency sum to zero',
    'SELECT currency FROM ledger_entries GROUP BY currency HAVING sum(amount) <> 0',
  ],
  [
    'L3 a balance is the sum of its entries',
    `SELECT id FROM ledger_accounts AS a WHERE (posted, version) <>
       (SELECT coalesce(sum(amount), 0)::bigint, count(*) FROM ledger_entries WHERE account_id = a.id)`,
  ],
  [
    'L3 versions have no gaps, and every balance follows from the one before',
    `SELECT account_id FROM (
       SELECT account_id, account_version, balance_after, row_number() OVER history AS expected_version,
         sum(amount) OVER history AS expected_balance
       FROM ledger_entries WINDOW history AS (PARTITION BY account_id ORDER BY account_version)
     ) AS entry WHERE account_version <> expected_version OR balance_after <> expected_balance`,
  ],
  [
    'L4 nobody who may not owe does',
    'SELECT id FROM ledger_accounts WHERE NOT allow_negative AND posted - pending_debit < 0',
  ],
  [
    'L4 no balance ever fell below zero',
    `SELECT e.id FROM ledger_entries AS e JOIN ledger_accounts AS a ON a.id = e.account_id
     WHERE NOT a.allow_negative AND e.balance_after < 0`,
  ],
  [
    'L5 one reversal at most',
    'SELECT reverses_id FROM transactions WHERE reverses_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1',
  ],
  [
    'L6 a fact is posted once',
    'SELECT source_id FROM transactions GROUP BY source_type, source_id, kind HAVING count(*) > 1',
  ],
  [
    'L7 an entry is in the currency of its account',
    'SELECT e.id FROM ledger_entries AS e JOIN ledger_accounts AS a ON a.id = e.account_id WHERE e.currency <> a.currency',
  ],
  [
    'no journal without two entries',
    'SELECT t.id FROM transactions AS t LEFT JOIN ledger_entries AS e ON e.journal_id = t.id GROUP BY t.id HAVING count(e.id) < 2',
  ],
  [
    'L9 what is set aside is what live holds say',
    `SELECT a.id FROM ledger_accounts AS a WHERE pending_debit <> (
       SELECT coalesce(sum(h.amount), 0) FROM wallet_holds AS h JOIN wallets AS w ON w.id = h.wallet_id
       WHERE w.ledger_account_id = a.id AND h.state = 'PENDING')`,
  ],
];

/** Looks for every contradiction at once. */
export const expectTrueBooks = async (sql: pg.Client): Promise<void> => {
  const found: [string, unknown[]][] = [];
  for (const [promise, query] of CONTRADICTIONS) {
    const { rows } = await sql.query(query);
    if (rows.length > 0) found.push([promise, rows]);
  }
  expect(found).toEqual([]);
};
