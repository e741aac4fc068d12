import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { openWallet } from '../credit/open.writes.ts';
import { findWallet, type StoredWallet } from '../credit/wallet.reads.ts';
import type { RefundView } from '../refund/present.ts';
import { requestRefund } from '../refund/request.writes.ts';
import { MAX_TOP_UPS } from './contract.ts';
import { type Part, partsOf, type TopUpLeft } from './withdrawal.rules.ts';

export interface WithdrawalDraft {
  wallet: StoredWallet;
  amountMinor: bigint;
  now: Date;
}

/** The wallet, its row locked until the transaction ends: withdrawals from it come one after the other. Null without one. */
export const holdWallet = async (tx: Transaction, userId: string, currency: string): Promise<StoredWallet | null> => {
  await tx.$queryRaw`
    SELECT id FROM wallets WHERE user_id = ${userId}::uuid AND currency = ${currency} FOR NO KEY UPDATE`;
  return findWallet(tx, userId, currency);
};

/**
 * Sends credit back the way it came: refunds of the wallet's own top-ups, the latest first, each up to what of it has not
 * gone back. Each sets its part aside until it settles or fails.
 * @param wallet held by `holdWallet`
 * @throws CONFLICT when the wallet is not in use, less is spendable, or less of its top-ups can go back
 */
export const withdrawCredit = async (
  tx: Transaction,
  record: RecordFact,
  { wallet, amountMinor, now }: WithdrawalDraft,
): Promise<RefundView[]> => {
  const { userId, currency } = wallet;
  if (wallet.status !== 'ACTIVE') throw new AppError('CONFLICT', 'This wallet is not in use.');
  // Payments are locked before accounts, as by whatever moves a payment.
  const parts = partsOf(await lockTopUps(tx, wallet.id), amountMinor);
  const { spendableMinor } = await openWallet(tx, wallet);
  refuseTooMuch(amountMinor, { spendableMinor, parts, currency });
  const refunds: RefundView[] = [];
  for (const { paymentId, amountMinor: part } of parts) {
    const why = { reason: 'BY_ATTENDEE', initiator: 'ATTENDEE', requestedById: userId } as const;
    refunds.push(await requestRefund(tx, record, { ...why, paymentId, bookingId: null, amountMinor: part, now }));
  }
  return refunds;
};

interface AtHand {
  spendableMinor: bigint;
  parts: readonly Part[];
  /** ISO 4217. */
  currency: string;
}

const refuseTooMuch = (amountMinor: bigint, { spendableMinor, parts, currency }: AtHand): void => {
  if (amountMinor > spendableMinor) {
    throw new AppError(
      'CONFLICT',
      `amountMinor: of this wallet ${spendableMinor} ${currency} minor units are spendable.`,
    );
  }
  const returnable = parts.reduce((sum, part) => sum + part.amountMinor, 0n);
  if (amountMinor > returnable) {
    const message = `amountMinor: of the latest top-ups ${returnable} ${currency} minor units can go back.`;
    throw new AppError('CONFLICT', message);
  }
};

/** Top-ups of which something can go back, the latest first. Of one that its payer disputes nothing does until a bank decides. */
const lockTopUps = (tx: Transaction, walletId: string): Promise<TopUpLeft[]> =>
  tx.$queryRaw<TopUpLeft[]>`
    SELECT id AS "paymentId", captured_amount - refunded_amount - disputed_amount AS "leftMinor" FROM payments
    WHERE wallet_id = ${walletId}::uuid AND purpose = 'WALLET_TOP_UP'
      AND captured_amount > refunded_amount + disputed_amount AND status <> 'DISPUTED' AND provider_payment_id IS NOT NULL
    ORDER BY id DESC LIMIT ${MAX_TOP_UPS} FOR UPDATE`;
