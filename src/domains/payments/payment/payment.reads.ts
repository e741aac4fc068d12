import type { Transaction } from '../../../platform/db/client.ts';
import { leftOf } from './left.rules.ts';
import { OPEN_STATES } from './rank.rules.ts';

export type PaymentReader = Pick<Transaction, 'payment'>;

/** One payment, or null. */
export const findPayment = (reader: PaymentReader, id: string) => reader.payment.findUnique({ where: { id } });

export type PaymentRow = NonNullable<Awaited<ReturnType<typeof findPayment>>>;

/** The payment of a booking that is open; there is one at most. */
export const findOpenPayment = (reader: PaymentReader, bookingId: string) =>
  reader.payment.findFirst({ where: { bookingId, status: { in: [...OPEN_STATES] } } });

/** The payment a provider knows by this name. */
export const findByProviderRef = (reader: PaymentReader, provider: PaymentRow['provider'], providerPaymentId: string) =>
  reader.payment.findUnique({ where: { provider_providerPaymentId: { provider, providerPaymentId } } });

interface Page {
  userId: string;
  /** Of one booking alone. */
  bookingId: string | undefined;
  /** The id of the last payment of the page before. */
  after: string | undefined;
  limit: number;
}

/** A person's payments. Ids grow with time, so the latest come first. */
export const listPayments = (reader: PaymentReader, { userId, bookingId, after, limit }: Page) =>
  reader.payment.findMany({
    where: {
      userId,
      ...(bookingId === undefined ? {} : { bookingId }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** Whether money was taken for a booking that is not all on its way back. One that is disputed counts: a bank decides. */
export const isPaid = async (reader: PaymentReader, bookingId: string): Promise<boolean> => {
  const taken = await reader.payment.findMany({
    where: { bookingId, capturedAmount: { gt: 0 } },
    select: { capturedAmount: true, refundedAmount: true },
  });
  return taken.some(({ capturedAmount, refundedAmount }) => refundedAmount < capturedAmount);
};

/** Whether nothing of what was taken is left: it went back, is on its way, or its payer's bank has asked for it. */
export const isAllGone = async (reader: PaymentReader, paymentId: string): Promise<boolean> => {
  const payment = await reader.payment.findUnique({
    where: { id: paymentId },
    select: { capturedAmount: true, refundedAmount: true, disputedAmount: true },
  });
  return payment !== null && payment.capturedAmount > 0n && leftOf(payment) === 0n;
};
