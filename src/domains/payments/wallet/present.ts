import type { z } from 'zod';
import type { StoredWallet } from '../credit/wallet.reads.ts';
import { wireMoney } from '../money/wire.rules.ts';
import type { Wallet } from './contract.ts';

export const presentWallet = (wallet: StoredWallet): z.input<typeof Wallet> => {
  const money = (amountMinor: bigint) => wireMoney(amountMinor, wallet.currency);
  return {
    id: wallet.id,
    status: wallet.status,
    balance: money(wallet.postedMinor),
    held: money(wallet.heldMinor),
    spendable: money(wallet.postedMinor - wallet.heldMinor),
    dailyLimit: wallet.dailyLimitMinor === null ? null : money(wallet.dailyLimitMinor),
    createdAt: wallet.createdAt.toISOString(),
  };
};
