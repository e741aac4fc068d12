import { Prisma } from '../../../generated/prisma/client.ts';
import type { LedgerAccountKind } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

/** An account as it is stored, its parts added up; amounts are minor units, credit positive. */
export interface StoredAccount {
  /** Of its part 0. */
  id: string;
  kind: LedgerAccountKind;
  ownerId: string | null;
  currencyCode: string;
  posted: bigint;
  pendingDebit: bigint;
  /** Entries of all its parts. */
  version: bigint;
  /** Its rows: one, or of an account in parts as many as were posted to. */
  partIds: string[];
}

/** @param which a condition on `m`, the rows of part 0 */
const summed = (which: Prisma.Sql, limit: number): Prisma.Sql => Prisma.sql`
  SELECT m.id, m.kind, m.owner_id AS "ownerId", m.currency AS "currencyCode", sum(s.posted)::bigint AS posted,
    sum(s.pending_debit)::bigint AS "pendingDebit", sum(s.version)::bigint AS version,
    array_agg(s.id::text ORDER BY s.part) AS "partIds"
  FROM ledger_accounts AS m CROSS JOIN LATERAL (
    SELECT m.id, m.part, m.posted, m.pending_debit, m.version
    UNION ALL
    SELECT p.id, p.part, p.posted, p.pending_debit, p.version FROM ledger_accounts AS p
    WHERE m.owner_id IS NULL AND p.owner_id IS NULL AND p.kind = m.kind AND p.currency = m.currency AND p.part > 0) AS s
  WHERE m.part = 0 AND ${which}
  GROUP BY m.id ORDER BY m.id LIMIT ${limit}`;

export const findAccount = async (reader: Reader, id: string): Promise<StoredAccount | null> => {
  const [row] = await reader.$queryRaw<StoredAccount[]>(summed(Prisma.sql`m.id = ${id}::uuid`, 1));
  return row ?? null;
};

/** Accounts of a person, or with null the platform's own, in the order in which they were opened. */
export const accountsOf = (
  reader: Reader,
  ownerId: string | null,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<StoredAccount[]> => {
  const owned = ownerId === null ? Prisma.sql`m.owner_id IS NULL` : Prisma.sql`m.owner_id = ${ownerId}::uuid`;
  const behind = after === undefined ? Prisma.empty : Prisma.sql`AND m.id > ${after}::uuid`;
  return reader.$queryRaw<StoredAccount[]>(summed(Prisma.sql`${owned} ${behind}`, limit));
};
