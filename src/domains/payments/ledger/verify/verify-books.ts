import type { Transaction } from '../../../../platform/db/client.ts';
import type { Break } from './breaks.rules.ts';
import { compareAccount, type Replay, replayEntries, START } from './replay.rules.ts';
import {
  accountsAfter,
  entriesAfter,
  FIRST_ID,
  journalBreaks,
  lastOfJournals,
  type StoredAccount,
  walletBreaks,
} from './verify.reads.ts';

type Reader = Pick<Transaction, '$queryRaw'>;

export interface VerifyOptions {
  /** Rows read at once, 5,000 when absent. */
  batch?: number;
  /** Breaks after which it stops looking, 1,000 when absent. */
  maxBreaks?: number;
}

export interface Verified {
  journals: number;
  accounts: number;
  entries: number;
  breaks: Break[];
  /** True when there may be more breaks than are listed. */
  stoppedEarly: boolean;
}

/**
 * Replays every journal and compares each balance, version and sum with what is written. Memory stays bounded by the
 * batch; give it one repeatable-read transaction, so that what is posted meanwhile is not seen by halves.
 */
export const verifyBooks = async (
  reader: Reader,
  { batch = 5_000, maxBreaks = 1_000 }: VerifyOptions = {},
): Promise<Verified> => {
  const seen: Verified = { journals: 0, accounts: 0, entries: 0, breaks: [], stoppedEarly: false };
  const report = (breaks: readonly Break[]): void => {
    const room = maxBreaks - seen.breaks.length;
    seen.breaks.push(...breaks.slice(0, room));
    if (breaks.length > room) seen.stoppedEarly = true;
  };
  await verifyJournals(reader, batch, { seen, report });
  await verifyAccounts(reader, batch, { seen, report });
  report(await walletBreaks(reader, batch));
  return seen;
};

interface Findings {
  seen: Verified;
  report: (breaks: readonly Break[]) => void;
}

const verifyJournals = async (reader: Reader, batch: number, { seen, report }: Findings): Promise<void> => {
  let after = FIRST_ID;
  while (!seen.stoppedEarly) {
    const page = await lastOfJournals(reader, after, batch);
    if (page === null) return;
    report(await journalBreaks(reader, after, page.lastId));
    seen.journals += page.count;
    after = page.lastId;
  }
};

const verifyAccounts = async (reader: Reader, batch: number, findings: Findings): Promise<void> => {
  let after = FIRST_ID;
  while (!findings.seen.stoppedEarly) {
    const accounts = await accountsAfter(reader, after, batch);
    for (const account of accounts) await verifyAccount(reader, batch, { account, ...findings });
    const last = accounts.at(-1);
    if (last === undefined || accounts.length < batch) return;
    after = last.id;
  }
};

const verifyAccount = async (
  reader: Reader,
  batch: number,
  { account, seen, report }: Findings & { account: StoredAccount },
): Promise<void> => {
  let at: Replay = START;
  for (;;) {
    const entries = await entriesAfter(reader, account.id, { after: at.version, limit: batch });
    const replayed = replayEntries(account, at, entries);
    report(replayed.breaks);
    at = replayed.at;
    seen.entries += entries.length;
    if (entries.length < batch || seen.stoppedEarly) break;
  }
  if (account.part === 0) seen.accounts += 1;
  report(compareAccount(account, at));
};
