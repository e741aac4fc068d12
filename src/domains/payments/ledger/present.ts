import type { z } from 'zod';
import { wireMinor, wireMoney } from '../money/wire.ts';
import type { StoredAccount } from './account.reads.ts';
import type { Account, Entry } from './contract.ts';
import type { StoredEntry } from './entry.reads.ts';

export const presentAccount = (account: StoredAccount): z.input<typeof Account> => ({
  id: account.id,
  kind: account.kind,
  ownerId: account.ownerId,
  balance: wireMoney(account.posted, account.currencyCode),
  spendable: wireMoney(account.posted - account.pendingDebit, account.currencyCode),
  entries: wireMinor(account.version),
});

export const presentEntry = (entry: StoredEntry): z.input<typeof Entry> => ({
  id: entry.id,
  journalId: entry.journalId,
  kind: entry.kind,
  source: { type: entry.sourceType, id: entry.sourceId },
  description: entry.description,
  amount: wireMoney(entry.amount, entry.currency),
  balanceAfter: wireMoney(entry.balanceAfter, entry.currency),
  version: wireMinor(entry.version),
  eventAt: entry.eventAt.toISOString(),
  bookedAt: entry.bookedAt.toISOString(),
});
