import type { Transaction } from '../../../platform/db/client.ts';
import { OPEN_STATES } from './rank.ts';

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
  /** The id of the last payment of the page before. */
  after: string | undefined;
  limit: number;
}

/** A person's payments. Ids grow with time, so the latest come first. */
export const listPayments = (reader: PaymentReader, { userId, after, limit }: Page) =>
  reader.payment.findMany({
    where: { userId, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });

export interface Captured {
  paymentId: string;
  userId: string;
  capturedMinor: bigint;
  /** What has gone back or is on its way: refunds that have not failed. */
  refundedMinor: bigint;
  currency: string;
}

/** What was taken for a booking and is not all on its way back; the latest, null when there is none. */
export const findCaptured = async (reader: PaymentReader, bookingId: string): Promise<Captured | null> => {
  const rows = await reader.payment.findMany({
    where: { bookingId, capturedAmount: { gt: 0 } },
    orderBy: { id: 'desc' },
  });
  const row = rows.find(({ capturedAmount, refundedAmount }) => refundedAmount < capturedAmount) ?? rows[0];
  if (!row) return null;
  return {
    paymentId: row.id,
    userId: row.userId,
    capturedMinor: row.capturedAmount,
    refundedMinor: row.refundedAmount,
    currency: row.currency,
  };
};

/** Whether all that was taken went back, or is on its way. */
export const isAllGoingBack = async (reader: PaymentReader, paymentId: string): Promise<boolean> => {
  const payment = await reader.payment.findUnique({
    where: { id: paymentId },
    select: { capturedAmount: true, refundedAmount: true },
  });
  return payment !== null && payment.capturedAmount > 0n && payment.refundedAmount >= payment.capturedAmount;
};
