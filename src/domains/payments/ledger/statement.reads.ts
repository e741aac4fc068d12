import type { Transaction } from '../../../platform/db/client.ts';
import { ENTRIES, ENTRY, type StoredEntry } from './entry.reads.ts';
import type { Place } from './place.rules.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** A span of time: from its first moment to before its last. */
export interface Span {
  from: Date;
  to: Date;
}

/** What an account came to before a span, and what the span brought; minor units. */
export const sumsOf = async (
  reader: Reader,
  partIds: readonly string[],
  { from, to }: Span,
): Promise<{ before: bigint; within: bigint }> => {
  const [row] = await reader.$queryRaw<{ before: bigint; within: bigint }[]>`
    SELECT coalesce(sum(amount) FILTER (WHERE created_at < ${from}), 0)::bigint AS before,
      coalesce(sum(amount) FILTER (WHERE created_at >= ${from}), 0)::bigint AS within
    FROM ledger_entries WHERE account_id = ANY(${[...partIds]}::uuid[]) AND created_at < ${to}`;
  return row ?? { before: 0n, within: 0n };
};

/** An entry, and what the span had brought with it. */
export interface StatementEntry extends StoredEntry {
  running: bigint;
}

/** The entries of a span in the order in which they were booked; those booked together in their part's own order. */
export const entriesWithin = (
  reader: Reader,
  { partIds, from, to }: Span & { partIds: readonly string[] },
  { after, limit }: { after: Place | null; limit: number },
): Promise<StatementEntry[]> =>
  reader.$queryRaw<StatementEntry[]>`
    SELECT * FROM (
      SELECT ${ENTRY}, e.balance_after AS "balanceAfter",
        (sum(e.amount) OVER (ORDER BY e.created_at, a.part, e.account_version))::bigint AS running
      FROM ${ENTRIES}
      WHERE e.account_id = ANY(${[...partIds]}::uuid[]) AND e.created_at >= ${from} AND e.created_at < ${to}) AS line
    WHERE ${after === null} OR (line."bookedAt", line.part, line.version)
      > (${after?.bookedAt ?? null}::timestamptz, ${after?.part ?? null}::int, ${after?.version ?? null}::bigint)
    ORDER BY line."bookedAt", line.part, line.version LIMIT ${limit}`;
