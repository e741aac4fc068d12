import { postHold } from '../../../../src/domains/payments/credit/hold.writes.ts';
import { journalWalletSpend } from '../../../../src/domains/payments/ledger/journals/wallet.steps.ts';
import type { Transaction } from '../../../../src/platform/db/client.ts';

/** Spends held credit at a host, once. A repeat for the same hold does nothing. */
export const spendHeld = async (
  tx: Transaction,
  { holdId, hostId, at }: { holdId: string; hostId: string; at: Date },
): Promise<{ journalId: string }> => {
  const hold = await tx.walletHold.findUniqueOrThrow({
    where: { id: holdId },
    select: { amount: true, currency: true, wallet: { select: { userId: true } } },
  });
  const { amount: amountMinor, currency } = hold;
  const shares = { amountMinor, commissionMinor: 0n, taxMinor: 0n };
  const spend = { ...shares, paymentId: holdId, userId: hold.wallet.userId, hostId, currency, at };
  return journalWalletSpend(tx, spend, (journalId) => postHold(tx, { holdId, journalId, amountMinor }));
};
