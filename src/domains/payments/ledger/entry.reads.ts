import type { JournalKind, JournalSource } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A posting with the journal it belongs to; amounts are minor units, credit positive. */
export interface StoredEntry {
  id: string;
  journalId: string;
  kind: JournalKind;
  sourceType: JournalSource;
  sourceId: string;
  description: string | null;
  amount: bigint;
  currency: string;
  balanceAfter: bigint;
  version: bigint;
  eventAt: Date;
  bookedAt: Date;
}

/** An account's entries, the latest first. @param before the version of the last one of the page before */
export const latestEntries = (
  reader: Reader,
  accountId: string,
  { before, limit }: { before: bigint | null; limit: number },
): Promise<StoredEntry[]> =>
  reader.$queryRaw<StoredEntry[]>`
    SELECT e.id, e.journal_id AS "journalId", t.kind, t.source_type AS "sourceType", t.source_id AS "sourceId",
      t.description, e.amount, e.currency, e.balance_after AS "balanceAfter", e.account_version AS version,
      t.event_at AS "eventAt", e.created_at AS "bookedAt"
    FROM ledger_entries AS e JOIN transactions AS t ON t.id = e.journal_id
    WHERE e.account_id = ${accountId}::uuid AND (${before}::bigint IS NULL OR e.account_version < ${before})
    ORDER BY e.account_version DESC LIMIT ${limit}`;
