import type { WalletStatus } from '../../../generated/prisma/enums.ts';
import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'wallet'>;

/** Prepaid credit of a person in one currency; amounts are minor units. */
export interface StoredWallet {
  id: string;
  userId: string;
  currency: string;
  status: WalletStatus;
  dailyLimitMinor: bigint | null;
  postedMinor: bigint;
  /** What live holds set aside. */
  heldMinor: bigint;
  createdAt: Date;
}

const WITH_ACCOUNT = { include: { ledgerAccount: { select: { posted: true, pendingDebit: true } } } } as const;

/** A person's wallets, by currency: as many as there are currencies at most. */
export const walletsOf = async (reader: Reader, userId: string): Promise<StoredWallet[]> =>
  (await reader.wallet.findMany({ where: { userId }, orderBy: { currency: 'asc' }, ...WITH_ACCOUNT })).map(stored);

export const findWallet = async (reader: Reader, userId: string, currency: string): Promise<StoredWallet | null> => {
  const row = await reader.wallet.findUnique({ where: { userId_currency: { userId, currency } }, ...WITH_ACCOUNT });
  return row && stored(row);
};

interface Row extends Pick<StoredWallet, 'id' | 'userId' | 'currency' | 'status' | 'createdAt'> {
  dailySpendLimit: bigint | null;
  ledgerAccount: { posted: bigint; pendingDebit: bigint };
}

const stored = ({ id, userId, currency, status, createdAt, dailySpendLimit, ledgerAccount }: Row): StoredWallet => ({
  id,
  userId,
  currency,
  status,
  createdAt,
  dailyLimitMinor: dailySpendLimit,
  postedMinor: ledgerAccount.posted,
  heldMinor: ledgerAccount.pendingDebit,
});
