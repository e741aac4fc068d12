import type { Transaction } from '../../../platform/db/client.ts';
import { spendFromWallet } from '../credit/spend.writes.ts';
import { bookCapture } from '../ledger/book.steps.ts';
import { bookedPayment, platformDiscountOf } from '../payment/booked.rules.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';

/**
 * Books money that came in, once, in the transaction that marks the payment captured.
 * @throws CONFLICT when a wallet that is to pay cannot
 */
export const bookPayment = async (tx: Transaction, payment: PaymentRow, at: Date): Promise<void> => {
  const booked = bookedPayment(payment);
  const shares = {
    amountMinor: payment.amount,
    commissionMinor: payment.commissionAmount,
    taxMinor: payment.taxAmount,
    platformDiscountMinor: platformDiscountOf(payment),
    at,
  };
  if (booked.purpose === 'BOOKING' && booked.method === 'WALLET' && booked.hostId !== null) {
    const { userId, hostId, currency } = booked;
    await spendFromWallet(tx, { paymentId: payment.id, userId, hostId, currency, ...shares });
  }
  await bookCapture(tx, booked, shares);
};
