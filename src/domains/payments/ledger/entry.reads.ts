import { Prisma } from '../../../generated/prisma/client.ts';
import type { JournalKind, JournalSource } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { StoredAccount } from './account.reads.ts';
import type { Place } from './place.rules.ts';

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
  /** The part of its account to which it was posted; 0 of an account that has none. */
  part: number;
  /** Within its part. */
  version: bigint;
  eventAt: Date;
  bookedAt: Date;
}

/** What a stored entry is made of, but its balance: of `e`, its account `a` and its journal `t`. */
export const ENTRY = Prisma.sql`
  e.id, e.journal_id AS "journalId", t.kind, t.source_type AS "sourceType", t.source_id AS "sourceId", t.description,
  e.amount, e.currency, a.part::int AS part, e.account_version AS version, t.event_at AS "eventAt",
  e.created_at AS "bookedAt"`;

export const ENTRIES = Prisma.sql`
  ledger_entries AS e JOIN ledger_accounts AS a ON a.id = e.account_id JOIN transactions AS t ON t.id = e.journal_id`;

interface Page {
  before: Place | null;
  limit: number;
}

/** An account's entries, the latest first: by version, and in parts by the time at which they were booked. */
export const latestEntries = (
  reader: Reader,
  account: Pick<StoredAccount, 'id' | 'partIds' | 'posted'>,
  page: Page & { isInParts: boolean },
): Promise<StoredEntry[]> => (page.isInParts ? latestOfParts : latestByVersion)(reader, account, page);

const latestByVersion = (
  reader: Reader,
  { id }: Pick<StoredAccount, 'id'>,
  { before, limit }: Page,
): Promise<StoredEntry[]> =>
  reader.$queryRaw<StoredEntry[]>`
    SELECT ${ENTRY}, e.balance_after AS "balanceAfter" FROM ${ENTRIES}
    WHERE e.account_id = ${id}::uuid
      AND (${before === null} OR e.account_version < ${before?.version ?? null}::bigint)
    ORDER BY e.account_version DESC LIMIT ${limit}`;

/** What the account stood at after an entry is what it stands at now, less what came later. */
const latestOfParts = (
  reader: Reader,
  { partIds, posted }: Pick<StoredAccount, 'partIds' | 'posted'>,
  { before, limit }: Page,
): Promise<StoredEntry[]> => {
  const place = Prisma.sql`(e.created_at, a.part::int, e.account_version)`;
  const cursor = Prisma.sql`
    (${before?.bookedAt ?? null}::timestamptz, ${before?.part ?? null}::int, ${before?.version ?? null}::bigint)`;
  return reader.$queryRaw<StoredEntry[]>`
    WITH page AS (
      SELECT ${ENTRY} FROM ${ENTRIES}
      WHERE e.account_id = ANY(${partIds}::uuid[]) AND (${before === null} OR ${place} < ${cursor})
      ORDER BY e.created_at DESC, a.part DESC, e.account_version DESC LIMIT ${limit}),
    later AS (
      SELECT coalesce(sum(e.amount), 0) AS amount
      FROM ledger_entries AS e JOIN ledger_accounts AS a ON a.id = e.account_id
      WHERE e.account_id = ANY(${partIds}::uuid[]) AND NOT (${before === null} OR ${place} < ${cursor}))
    SELECT page.*, (${posted}::bigint - later.amount + page.amount
      - sum(page.amount) OVER (ORDER BY page."bookedAt" DESC, page.part DESC, page.version DESC))::bigint AS "balanceAfter"
    FROM page CROSS JOIN later ORDER BY page."bookedAt" DESC, page.part DESC, page.version DESC`;
};
