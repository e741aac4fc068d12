import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { openWallet } from './open.writes.ts';
import { refuseSpend } from './refuse-spend.rules.ts';
import { findWallet } from './wallet.reads.ts';

export interface HoldRequest {
  userId: string;
  /** ISO 4217. */
  currency: string;
  amountMinor: bigint;
  bookingId?: string;
  expiresAt: Date;
}

/**
 * Sets credit aside, so that nothing else spends it.
 * @returns the hold's id
 * @throws CONFLICT when the credit is not enough, or the wallet is not in use
 */
export const holdCredit = async (
  tx: Transaction,
  { userId, currency, amountMinor, bookingId, expiresAt }: HoldRequest,
): Promise<string> => {
  const { id: walletId, spendableMinor } = await openWallet(tx, { userId, currency });
  const status = (await findWallet(tx, userId, currency))?.status ?? 'ACTIVE';
  refuseSpend({ status, dailyLimitMinor: null }, { amountMinor, spendableMinor, spentTodayMinor: 0n });
  const id = newId();
  const data = { id, walletId, bookingId: bookingId ?? null, amount: amountMinor, currency, expiresAt };
  await tx.walletHold.create({ data });
  return id;
};

/** Gives held credit back. @returns false when the hold had ended before */
export const voidHold = async (tx: Transaction, holdId: string): Promise<boolean> =>
  (await endHolds(tx, [holdId], 'VOIDED')) === 1;

/** Ends up to `limit` holds whose time is over. @returns how many */
export const expireHolds = async (tx: Transaction, now: Date, limit: number): Promise<number> => {
  const due = await tx.walletHold.findMany({
    where: { state: 'PENDING', expiresAt: { lte: now } },
    orderBy: { expiresAt: 'asc' },
    take: limit,
    select: { id: true },
  });
  const ids = due.map(({ id }) => id);
  return endHolds(tx, ids, 'EXPIRED');
};

/**
 * Ends holds without taking them. Accounts are locked before holds, here as in every journal that takes a hold: nobody waits
 * for each other.
 * @returns how many had not ended before
 */
export const endHolds = async (tx: Transaction, ids: string[], state: 'VOIDED' | 'EXPIRED'): Promise<number> => {
  await tx.$queryRaw`
    SELECT id FROM ledger_accounts WHERE id IN (
      SELECT w.ledger_account_id FROM wallet_holds AS h JOIN wallets AS w ON w.id = h.wallet_id
      WHERE h.id = ANY(${ids}::uuid[]))
    ORDER BY id FOR NO KEY UPDATE`;
  const { count } = await tx.walletHold.updateMany({ where: { id: { in: ids }, state: 'PENDING' }, data: { state } });
  return count;
};

/**
 * Notes that a journal takes the held credit. It runs once the header stands and before the money moves: the account must
 * never show both.
 * @throws CONFLICT when the hold has ended, so that the journal is rolled back
 */
export const postHold = async (
  tx: Transaction,
  { holdId, journalId, amountMinor }: { holdId: string; journalId: string; amountMinor: bigint },
): Promise<void> => {
  const posted = await tx.$executeRaw`
    UPDATE wallet_holds SET state = 'POSTED', posted_amount = ${amountMinor}, journal_id = ${journalId}::uuid
    WHERE id = ${holdId}::uuid AND state = 'PENDING'`;
  if (posted === 0) throw new AppError('CONFLICT', 'The credit is not set aside any more.');
};
