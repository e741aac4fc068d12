import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { endHolds, postHold } from './hold.writes.ts';
import { openWallet } from './open.writes.ts';

export interface RefundedTopUp {
  refundId: string;
  /** Whose wallet was topped up. */
  userId: string;
  /** ISO 4217. */
  currency: string;
  amountMinor: bigint;
}

/**
 * Sets the credit of a top-up aside that is to go back, until its refund settles or fails: no clock ends it.
 * @throws CONFLICT when less of it is left in the wallet
 */
export const holdForRefund = async (
  tx: Transaction,
  { refundId, userId, currency, amountMinor }: RefundedTopUp,
): Promise<void> => {
  const { id: walletId, spendableMinor } = await openWallet(tx, { userId, currency });
  if (amountMinor > spendableMinor) {
    const message = `amountMinor: of the credit it became ${spendableMinor} ${currency} minor units are left.`;
    throw new AppError('CONFLICT', message);
  }
  await tx.walletHold.create({ data: { id: newId(), walletId, refundId, amount: amountMinor, currency } });
};

/**
 * How the journal of a refund ends the hold that waits for it; undefined when none does: it was refused before, or made at
 * the provider itself. Only the refund's payment being locked keeps the answer true.
 */
export const takeHoldOf = async (
  tx: Transaction,
  refundId: string,
): Promise<((journalId: string) => Promise<void>) | undefined> => {
  const hold = await tx.walletHold.findFirst({
    where: { refundId, state: 'PENDING' },
    select: { id: true, amount: true },
  });
  if (hold === null) return undefined;
  return (journalId) => postHold(tx, { holdId: hold.id, journalId, amountMinor: hold.amount });
};

/** The refund failed: what it set aside may be spent again. */
export const voidHoldOf = async (tx: Transaction, refundId: string): Promise<void> => {
  const hold = await tx.walletHold.findFirst({ where: { refundId, state: 'PENDING' }, select: { id: true } });
  if (hold !== null) await endHolds(tx, [hold.id], 'VOIDED');
};
