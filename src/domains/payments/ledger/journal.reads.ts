import type { JournalKind, JournalSource } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Entry } from './journal.rules.ts';

type Reader = Pick<Transaction, 'transaction'>;

/** A journal as it was posted. */
export interface PostedJournal {
  id: string;
  kind: JournalKind;
  reversesId: string | null;
  entries: Entry[];
}

interface Fact {
  sourceType: JournalSource;
  sourceId: string;
  kind: JournalKind;
}

const SHAPE = {
  id: true,
  kind: true,
  reversesId: true,
  entries: {
    select: { amount: true, currency: true, account: { select: { kind: true, ownerId: true } } },
    orderBy: { accountId: 'asc' },
  },
} as const;

/** The journal of a fact; null when it was not booked. */
export const findJournalOf = async (reader: Reader, sourceType_sourceId_kind: Fact): Promise<PostedJournal | null> =>
  posted(await reader.transaction.findUnique({ where: { sourceType_sourceId_kind }, select: SHAPE }));

export const findJournal = async (reader: Reader, id: string): Promise<PostedJournal | null> =>
  posted(await reader.transaction.findUnique({ where: { id }, select: SHAPE }));

type Row = Omit<PostedJournal, 'entries'> & {
  entries: { amount: bigint; currency: string; account: { kind: Entry['account']['kind']; ownerId: string | null } }[];
};

const posted = (row: Row | null): PostedJournal | null =>
  row && {
    ...row,
    entries: row.entries.map(({ amount, currency, account: { kind, ownerId } }) => ({
      account: ownerId === null ? { kind } : { kind, ownerId },
      amountMinor: amount,
      currency,
    })),
  };
