import type { PaymentMethod } from '../../../generated/prisma/enums.ts';
import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { RecordFact } from '../../../platform/facts/record.ts';
import { newId } from '../../../platform/ids.ts';
import type { PaymentSettings } from '../../../platform/payment-settings.ts';
import { openWallet } from '../credit/open.writes.ts';
import { findWallet } from '../credit/wallet.reads.ts';
import { paymentRequested } from '../facts.ts';
import { openingOf } from '../payment/opening.rules.ts';
import { type PaymentView, presentPayment } from '../payment/present.ts';

export interface TopUp {
  /** `config.payments`: which provider takes it. */
  settings: PaymentSettings;
  userId: string;
  amountMinor: bigint;
  /** ISO 4217; one that is in use. */
  currency: string;
  method: PaymentMethod;
  now: Date;
}

/**
 * Opens a payment for credit, and the wallet it will fill. Its provider is called by a job once this transaction has
 * committed; what it captures is booked as credit.
 * @throws CONFLICT when the wallet is not in use
 */
export const startTopUp = async (tx: Transaction, record: RecordFact, topUp: TopUp): Promise<PaymentView> => {
  const { userId, currency, amountMinor: amount, method, now: createdAt } = topUp;
  const { id: walletId } = await openWallet(tx, topUp);
  const status = (await findWallet(tx, userId, currency))?.status ?? 'ACTIVE';
  if (status !== 'ACTIVE') throw new AppError('CONFLICT', 'This wallet is not in use.');
  const id = newId();
  const { clientAction, ...opening } = openingOf(topUp.settings, id);
  const row = await tx.payment.create({
    data: {
      ...{ id, userId, walletId, method, amount, currency, createdAt, purpose: 'WALLET_TOP_UP' },
      ...opening,
      ...(clientAction === null ? {} : { clientAction: { ...clientAction } }),
    },
  });
  await record(paymentRequested, { paymentId: id });
  return presentPayment(row);
};
