import type { Break } from './breaks.rules.ts';
import type { StoredAccount, StoredEntry } from './verify.reads.ts';

/** Where the replay of one account stands. */
export interface Replay {
  balance: bigint;
  version: bigint;
}

export const START: Replay = { balance: 0n, version: 0n };

/** Posts an account's next entries once more, and compares each with what was written when it was posted. */
export const replayEntries = (
  account: StoredAccount,
  from: Replay,
  entries: readonly StoredEntry[],
): { at: Replay; breaks: Break[] } => {
  const breaks: Break[] = [];
  let { balance, version } = from;
  for (const entry of entries) {
    balance += entry.amount;
    version += 1n;
    const differs = (kind: Break['kind'], expected: unknown, found: unknown): void => {
      if (expected !== found) breaks.push({ kind, id: entry.id, expected: String(expected), found: String(found) });
    };
    differs('VERSION_GAP', version, entry.version);
    differs('BALANCE_AFTER', balance, entry.balanceAfter);
    differs('ENTRY_CURRENCY', account.currency, entry.currency);
    if (balance < 0n && !account.allowNegative) {
      breaks.push({ kind: 'BELOW_ZERO', id: entry.id, expected: 'nothing below zero', found: String(balance) });
    }
    // What follows a gap is compared with where the gap leads, not reported again and again.
    version = entry.version;
  }
  return { at: { balance, version }, breaks };
};

/** Compares an account with what replaying all its entries came to. */
export const compareAccount = (account: StoredAccount, { balance, version }: Replay): Break[] => {
  const { id } = account;
  const compared: [Break['kind'], bigint, bigint][] = [
    ['ACCOUNT_BALANCE', balance, account.posted],
    ['ACCOUNT_VERSION', version, account.version],
    ['PENDING_DEBIT', account.held, account.pendingDebit],
  ];
  return compared
    .filter(([, expected, found]) => expected !== found)
    .map(([kind, expected, found]) => ({ kind, id, expected: String(expected), found: String(found) }));
};
