import type { Transaction } from '../../../../platform/db/client.ts';
import { lockAccounts } from '../account.writes.ts';
import { type HostShare, madeAvailable, openPurse } from '../host-purse.steps.ts';
import { findJournalOf } from '../journal.reads.ts';
import type { Entry } from '../journal.rules.ts';
import { type Posted, postJournal } from '../post-journal.writes.ts';
import { creditAccounts } from '../returned-credit.steps.ts';
import { walletDebtOf } from '../wallet-debt.reads.ts';
import { reverseJournal } from './reversal.steps.ts';

export interface FailedRefund {
  refundId: string;
  paymentId: string;
  userId: string;
  /** Whose earnings it was taken from; null when it was not for a booking. */
  hostId: string | null;
  /** ISO 4217. */
  currency: string;
  at: Date;
}

/**
 * A refund that had settled failed after all: its journal is taken back. What was released or recovered meanwhile is then put
 * where it belongs now: a host's part becomes available once its payment was released, and what had been owed and was paid
 * since is the host's again; credit that covered a debt meanwhile is credit.
 * @throws Error for one that was not booked
 */
export const journalRefundFailed = async (tx: Transaction, failed: FailedRefund): Promise<Posted> => {
  const { refundId, hostId, currency, userId, at } = failed;
  const fact = { sourceType: 'REFUND', sourceId: refundId } as const;
  const original = await findJournalOf(tx, { ...fact, kind: 'REFUND' });
  if (original === null) throw new Error(`refund ${refundId} was not booked`);
  const touched = original.entries.map(({ account }) => account);
  // All accounts of the journals that follow are locked together, in one order.
  if (hostId !== null) await openPurse(tx, { hostId, paymentId: failed.paymentId, currency }, touched);
  else
    await lockAccounts(
      tx,
      [...touched, ...creditAccounts(userId)].map((account) => ({ ...account, currency })),
    );
  const description = 'The refund failed after it had settled.';
  const posted = await reverseJournal(tx, { journalId: original.id, source: fact, description, at });
  if (!posted.posted) return posted;
  const entries = hostId === null ? await creditPlaced(tx, failed) : await earningsPlaced(tx, { ...failed, hostId });
  if (entries.some(({ amountMinor }) => amountMinor !== 0n)) {
    await postJournal(tx, { ...fact, kind: 'ADJUSTMENT', eventAt: at, description, entries });
  }
  return posted;
};

const earningsPlaced = async (tx: Transaction, share: HostShare): Promise<Entry[]> => {
  const { hostId: ownerId, currency } = share;
  const purse = await openPurse(tx, share, []);
  const pending = purse.release !== null && purse.pendingMinor > 0n ? purse.pendingMinor : 0n;
  // The reversal paid back a debt that had been recovered before.
  const surplus = purse.owedMinor < 0n ? -purse.owedMinor : 0n;
  return [
    { account: { kind: 'HOST_PENDING', ownerId }, amountMinor: -pending, currency },
    { account: { kind: 'HOST_RECEIVABLE', ownerId }, amountMinor: -surplus, currency },
    ...madeAvailable(purse, share, pending + surplus),
  ];
};

const creditPlaced = async (tx: Transaction, { userId, currency }: FailedRefund): Promise<Entry[]> => {
  const debt = await walletDebtOf(tx, { userId, currency });
  const surplus = debt < 0n ? -debt : 0n;
  const [wallet, suspense] = creditAccounts(userId);
  if (surplus === 0n || wallet === undefined || suspense === undefined) return [];
  return [
    { account: suspense, amountMinor: -surplus, currency },
    { account: wallet, amountMinor: surplus, currency },
  ];
};
