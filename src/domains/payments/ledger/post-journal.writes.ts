import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { type LockedAccount, lockAccounts } from './account.writes.ts';
import { accountName } from './chart.rules.ts';
import { type JournalDraft, type Posting, postingsOf } from './journal.rules.ts';

export interface Posted {
  journalId: string;
  /** False when this source and kind had been posted before: nothing was posted now. */
  posted: boolean;
}

/**
 * Posts a balanced journal in the caller's transaction. Accounts are opened when missing and locked in the order of their
 * ids. Of repeats with the same source and kind, also at the same time, one posts; the others learn its id.
 * @param beforeEntries runs once the header stands and the accounts are locked, before any money moves
 * @throws Error for entries that do not balance, and what the database refuses: `ledger_accounts_not_negative` above all
 */
export const postJournal = async (
  tx: Transaction,
  draft: JournalDraft,
  beforeEntries?: (journalId: string) => Promise<void>,
): Promise<Posted> => {
  const postings = postingsOf(draft.entries);
  const journalId = newId();
  if (!(await insertHeader(tx, journalId, draft))) return { journalId: await postedBefore(tx, draft), posted: false };
  const accounts = await lockAccounts(tx, postings);
  await beforeEntries?.(journalId);
  await insertEntries(tx, journalId, { postings, accounts });
  return { journalId, posted: true };
};

/** A plain insert that is refused would end the caller's whole transaction. @returns whether it is the first */
const insertHeader = async (tx: Transaction, id: string, draft: JournalDraft): Promise<boolean> => {
  const { sourceType, sourceId, kind, eventAt, description, reversesId, createdById } = draft;
  const inserted = await tx.$executeRaw`
    INSERT INTO transactions (id, source_type, source_id, kind, event_at, description, reverses_id, created_by_id)
    VALUES (${id}::uuid, ${sourceType}::journal_source, ${sourceId}, ${kind}::journal_kind, ${eventAt},
      ${description ?? null}, ${reversesId ?? null}::uuid, ${createdById ?? null}::uuid)
    ON CONFLICT (source_type, source_id, kind) DO NOTHING`;
  return inserted === 1;
};

const postedBefore = async (tx: Transaction, { sourceType, sourceId, kind }: JournalDraft): Promise<string> => {
  const where = { sourceType_sourceId_kind: { sourceType, sourceId, kind } };
  return (await tx.transaction.findUniqueOrThrow({ where, select: { id: true } })).id;
};

interface Locked {
  postings: Posting[];
  accounts: ReadonlyMap<string, LockedAccount>;
}

/** Balances and versions are filled in by the database, entry by entry. */
const insertEntries = async (tx: Transaction, journalId: string, { postings, accounts }: Locked): Promise<void> => {
  const lines = postings.map((posting) => {
    const account = accounts.get(accountName(posting));
    if (account === undefined) throw new Error(`account ${accountName(posting)} was not opened`);
    return { ...posting, accountId: account.id };
  });
  await tx.$executeRaw`
    INSERT INTO ledger_entries (id, journal_id, account_id, amount, currency)
    SELECT line.id, ${journalId}::uuid, line.account_id, line.amount, line.currency
    FROM unnest(${lines.map(() => newId())}::uuid[], ${lines.map(({ accountId }) => accountId)}::uuid[],
      ${lines.map(({ amountMinor }) => amountMinor)}::bigint[], ${lines.map(({ currency }) => currency)}::text[])
      AS line (id, account_id, amount, currency)`;
};
