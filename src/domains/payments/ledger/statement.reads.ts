import type { Transaction } from '../../../platform/db/client.ts';
import type { StoredEntry } from './entry.reads.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A span of time: from its first moment to before its last. */
export interface Span {
  from: Date;
  to: Date;
}

/** What an account came to before a span, and what the span brought; minor units. */
export const sumsOf = async (
  reader: Reader,
  accountId: string,
  { from, to }: Span,
): Promise<{ before: bigint; within: bigint }> => {
  const [row] = await reader.$queryRaw<{ before: bigint; within: bigint }[]>`
    SELECT coalesce(sum(amount) FILTER (WHERE created_at < ${from}), 0)::bigint AS before,
      coalesce(sum(amount) FILTER (WHERE created_at >= ${from}), 0)::bigint AS within
    FROM ledger_entries WHERE account_id = ${accountId}::uuid AND created_at < ${to}`;
  return row ?? { before: 0n, within: 0n };
};

/** Where the next page of a statement goes on. */
export interface Place {
  bookedAt: Date;
  version: bigint;
}

/** An entry, and what the span had brought with it. */
export interface StatementEntry extends StoredEntry {
  running: bigint;
}

/** The entries of a span in the order in which they were booked; those booked together in the account's own order. */
export const entriesWithin = (
  reader: Reader,
  { accountId, from, to }: Span & { accountId: string },
  { after, limit }: { after: Place | null; limit: number },
): Promise<StatementEntry[]> =>
  reader.$queryRaw<StatementEntry[]>`
    SELECT * FROM (
      SELECT e.id, e.journal_id AS "journalId", t.kind, t.source_type AS "sourceType", t.source_id AS "sourceId",
        t.description, e.amount, e.currency, e.balance_after AS "balanceAfter", e.account_version AS version,
        t.event_at AS "eventAt", e.created_at AS "bookedAt",
        (sum(e.amount) OVER (ORDER BY e.created_at, e.account_version))::bigint AS running
      FROM ledger_entries AS e JOIN transactions AS t ON t.id = e.journal_id
      WHERE e.account_id = ${accountId}::uuid AND e.created_at >= ${from} AND e.created_at < ${to}) AS line
    WHERE ${after?.bookedAt ?? null}::timestamptz IS NULL
      OR (line."bookedAt", line.version) > (${after?.bookedAt ?? null}::timestamptz, ${after?.version ?? null}::bigint)
    ORDER BY line."bookedAt", line.version LIMIT ${limit}`;
