import type { z } from 'zod';
import { isExact, wireMinor, wireMoney } from '../money/wire.rules.ts';
import type { About } from './about.reads.ts';
import type { StoredAccount } from './account.reads.ts';
import type { Account, BookMoney, Entry } from './contract.ts';
import type { StoredEntry } from './entry.reads.ts';

/** An amount of the books, which may be beyond what a JSON number carries exactly: then it is told as text as well. */
export const bookMoney = (amountMinor: bigint, currency: string): z.input<typeof BookMoney> => ({
  ...wireMoney(amountMinor, currency),
  ...(isExact(amountMinor) ? {} : { exactMinor: String(amountMinor) }),
});

export const presentAccount = (account: StoredAccount): z.input<typeof Account> => ({
  id: account.id,
  kind: account.kind,
  ownerId: account.ownerId,
  balance: bookMoney(account.posted, account.currencyCode),
  spendable: bookMoney(account.posted - account.pendingDebit, account.currencyCode),
  entries: wireMinor(account.version),
});

export const presentEntry = (entry: StoredEntry, sold: ReadonlyMap<string, About>): z.input<typeof Entry> => ({
  id: entry.id,
  journalId: entry.journalId,
  kind: entry.kind,
  source: { type: entry.sourceType, id: entry.sourceId },
  description: entry.description,
  about: sold.get(entry.sourceId) ?? null,
  amount: bookMoney(entry.amount, entry.currency),
  balanceAfter: bookMoney(entry.balanceAfter, entry.currency),
  part: entry.part,
  version: wireMinor(entry.version),
  eventAt: entry.eventAt.toISOString(),
  bookedAt: entry.bookedAt.toISOString(),
});
