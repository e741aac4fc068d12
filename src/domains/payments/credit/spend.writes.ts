import type { Transaction } from '../../../platform/db/client.ts';
import type { AccountKey } from '../ledger/chart.rules.ts';
import { findJournalOf } from '../ledger/journal.reads.ts';
import { journalWalletSpend, type WalletSpend } from '../ledger/journals/wallet.steps.ts';
import { openWallet } from './open.writes.ts';
import { refuseSpend } from './refuse-spend.rules.ts';
import { spentSince } from './spent.reads.ts';
import { findWallet } from './wallet.reads.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * Pays for a booking from a wallet, in the transaction that marks the payment captured. A repeat with the same payment
 * spends nothing more.
 * @throws CONFLICT when the credit is not enough, the wallet is not in use, or its limit of 24 hours would be passed
 */
export const spendFromWallet = async (tx: Transaction, spend: WalletSpend): Promise<{ journalId: string }> => {
  const { id, spendableMinor } = await openWallet(tx, spend, othersOf(spend));
  const before = await findJournalOf(tx, { sourceType: 'PAYMENT', sourceId: spend.paymentId, kind: 'WALLET_SPEND' });
  if (before !== null) return { journalId: before.id };
  const wallet = await findWallet(tx, spend.userId, spend.currency);
  if (wallet === null) throw new Error(`wallet ${id} was not opened`);
  const spentTodayMinor = await spentSince(tx, id, new Date(spend.at.getTime() - DAY_MS));
  refuseSpend(wallet, { amountMinor: spend.amountMinor, spendableMinor, spentTodayMinor });
  return journalWalletSpend(tx, spend);
};

const othersOf = ({ hostId, currency, platformDiscountMinor = 0n }: WalletSpend): AccountKey[] => [
  { kind: 'HOST_PENDING', ownerId: hostId, currency },
  { kind: 'PLATFORM_COMMISSION', currency },
  { kind: 'TAX_PAYABLE', currency },
  ...(platformDiscountMinor > 0n ? [{ kind: 'PROMO_EXPENSE', currency } as const] : []),
];
