import type { JournalKind, JournalSource } from '../../../generated/prisma/enums.ts';
import { type AccountKey, accountName, refuseWrongOwner } from './chart.rules.ts';

/** One posting: credit positive, debit negative. */
export interface Entry {
  account: { kind: AccountKey['kind']; ownerId?: string };
  amountMinor: bigint;
  /** ISO 4217; the account's. */
  currency: string;
}

/** A business fact as the books will say it. Source and kind together are posted once, whatever is repeated. */
export interface JournalDraft {
  sourceType: JournalSource;
  sourceId: string;
  kind: JournalKind;
  /** When the fact happened, which may be long before it is booked. */
  eventAt: Date;
  description?: string;
  /** The journal that this one takes back. */
  reversesId?: string;
  /** For journals made by hand. */
  createdById?: string;
  entries: Entry[];
}

/** What is posted to one account. */
export interface Posting extends AccountKey {
  amountMinor: bigint;
}

/**
 * The entries added up by account, without those that come to nothing, so that an account is touched once a journal.
 * @throws Error when they do not balance, or fewer than two accounts move: the caller's mistake
 */
export const postingsOf = (entries: readonly Entry[]): Posting[] => {
  const byAccount = new Map<string, Posting>();
  for (const { account, amountMinor, currency } of entries) {
    const key: AccountKey = { ...account, currency };
    refuseWrongOwner(key);
    const name = accountName(key);
    byAccount.set(name, { ...key, amountMinor: (byAccount.get(name)?.amountMinor ?? 0n) + amountMinor });
  }
  const postings = [...byAccount.values()].filter(({ amountMinor }) => amountMinor !== 0n);
  refuseUnbalanced(postings);
  return postings;
};

const refuseUnbalanced = (postings: readonly Posting[]): void => {
  const sums = new Map<string, bigint>();
  for (const { currency, amountMinor } of postings) sums.set(currency, (sums.get(currency) ?? 0n) + amountMinor);
  for (const [currency, sum] of sums) {
    if (sum !== 0n) throw new Error(`the journal does not balance: its entries sum to ${sum} ${currency}`);
  }
  if (postings.length < 2) throw new Error('a journal moves money between two accounts or more');
};
