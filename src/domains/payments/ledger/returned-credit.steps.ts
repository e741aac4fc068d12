import type { Transaction } from '../../../platform/db/client.ts';
import { lockAccounts } from './account.writes.ts';
import type { Entry } from './journal.rules.ts';
import { walletDebtOf } from './wallet-debt.reads.ts';

const SUSPENSE = { kind: 'SUSPENSE' } as const;

interface Returned {
  /** Whose wallet. */
  userId: string;
  /** ISO 4217. */
  currency: string;
  amountMinor: bigint;
}

/** The accounts in which returned credit ends. */
export const creditAccounts = (userId: string): Entry['account'][] => [
  { kind: 'ATTENDEE_WALLET', ownerId: userId },
  SUSPENSE,
];

/**
 * Gives credit back to a wallet, after what a top-up that was lost left in SUSPENSE has been covered from it, as a host's debts
 * are recovered from what becomes payable.
 * @param others the other accounts of the same journal: all are locked together, in one order
 */
export const returnedCredit = async (
  tx: Transaction,
  { userId, currency, amountMinor }: Returned,
  others: readonly Entry['account'][],
): Promise<Entry[]> => {
  await lockAccounts(
    tx,
    [...creditAccounts(userId), ...others].map((account) => ({ ...account, currency })),
  );
  const debt = await walletDebtOf(tx, { userId, currency });
  const owed = debt > 0n ? debt : 0n;
  const covered = amountMinor < owed ? amountMinor : owed;
  return [
    { account: SUSPENSE, amountMinor: covered, currency },
    { account: { kind: 'ATTENDEE_WALLET', ownerId: userId }, amountMinor: amountMinor - covered, currency },
  ];
};
