import { AppError } from '../../../kernel/errors.ts';
import type { StoredWallet } from './wallet.reads.ts';

interface Spend {
  amountMinor: bigint;
  /** What may be spent now. */
  spendableMinor: bigint;
  /** What was spent in the last 24 hours. */
  spentTodayMinor: bigint;
}

/** @throws CONFLICT saying what stands against it */
export const refuseSpend = (
  { status, dailyLimitMinor }: Pick<StoredWallet, 'status' | 'dailyLimitMinor'>,
  { amountMinor, spendableMinor, spentTodayMinor }: Spend,
): void => {
  if (amountMinor <= 0n) throw new AppError('CONFLICT', 'There is nothing to pay.');
  if (status !== 'ACTIVE') throw new AppError('CONFLICT', 'This wallet is not in use.');
  if (amountMinor > spendableMinor) throw new AppError('CONFLICT', 'There is not enough credit in this wallet.');
  if (dailyLimitMinor !== null && spentTodayMinor + amountMinor > dailyLimitMinor) {
    throw new AppError('CONFLICT', 'This would pass what the wallet may spend in 24 hours.');
  }
};
