import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { lockAccounts } from '../ledger/account.writes.ts';
import { type AccountKey, accountName } from '../ledger/chart.rules.ts';

/** A wallet whose account is locked until the transaction ends. */
export interface OpenWallet {
  id: string;
  /** Minor units that may be spent: posted less what holds set aside. */
  spendableMinor: bigint;
}

/**
 * A person's wallet in this currency, opened when there is none, and locked: nobody else spends from it meanwhile.
 * @param others the other accounts of a journal that follows: all are locked together, in one order
 */
export const openWallet = async (
  tx: Transaction,
  { userId, currency }: { userId: string; currency: string },
  others: readonly AccountKey[] = [],
): Promise<OpenWallet> => {
  const key = { kind: 'ATTENDEE_WALLET', ownerId: userId, currency } as const;
  const account = (await lockAccounts(tx, [key, ...others])).get(accountName(key));
  if (account === undefined) throw new Error(`account ${accountName(key)} was not opened`);
  await tx.$executeRaw`
    INSERT INTO wallets (id, user_id, ledger_account_id, currency)
    VALUES (${newId()}::uuid, ${userId}::uuid, ${account.id}::uuid, ${currency})
    ON CONFLICT (user_id, currency) DO NOTHING`;
  const where = { userId_currency: { userId, currency } };
  const { id } = await tx.wallet.findUniqueOrThrow({ where, select: { id: true } });
  return { id, spendableMinor: account.spendableMinor };
};
