import type { PaymentProvider } from '../../../generated/prisma/enums.ts';
import type { Database } from '../../../platform/db/client.ts';
import type { BookedLine } from './differences.rules.ts';

interface Span {
  provider: PaymentProvider;
  from: Date;
  until: Date;
}

/** Movements a day may have, at most: beyond it the day has to be compared by hand. */
const MAX_LINES = 50_000;
/** References looked up in one query. */
const CHUNK = 1_000;

type Reader = Pick<Database, 'payment' | 'refund'>;

const PAYMENT = { id: true, providerPaymentId: true, capturedAmount: true, currency: true } as const;
const REFUND = { paymentId: true, providerRefundId: true, amount: true, currency: true } as const;

/** What our books moved through a provider in this time. */
export const bookedOn = async (reader: Reader, { provider, from, until }: Span): Promise<BookedLine[]> => {
  const within = { gte: from, lt: until };
  const payments = await reader.payment.findMany({
    where: { provider, completedAt: within, providerPaymentId: { not: null } },
    select: PAYMENT,
    take: MAX_LINES,
  });
  const refunds = await reader.refund.findMany({
    where: { payment: { provider }, settledAt: within, status: 'SETTLED', providerRefundId: { not: null } },
    select: REFUND,
    take: MAX_LINES,
  });
  return [...payments.map(paymentLine), ...refunds.map(refundLine)];
};

/** What our books have of these references, on whatever day. */
export const knownReferences = async (
  reader: Reader,
  provider: PaymentProvider,
  references: readonly string[],
): Promise<ReadonlyMap<string, BookedLine>> => {
  const known = new Map<string, BookedLine>();
  for (let start = 0; start < references.length; start += CHUNK) {
    const some = references.slice(start, start + CHUNK);
    const payments = await reader.payment.findMany({
      where: { provider, providerPaymentId: { in: some }, capturedAmount: { gt: 0 } },
      select: PAYMENT,
    });
    const refunds = await reader.refund.findMany({
      where: { payment: { provider }, providerRefundId: { in: some }, status: { not: 'FAILED' } },
      select: REFUND,
    });
    for (const line of [...payments.map(paymentLine), ...refunds.map(refundLine)]) known.set(line.reference, line);
  }
  return known;
};

type PaymentPart = { id: string; providerPaymentId: string | null; capturedAmount: bigint; currency: string };
type RefundPart = { paymentId: string; providerRefundId: string | null; amount: bigint; currency: string };

const paymentLine = ({ id, providerPaymentId, capturedAmount, currency }: PaymentPart): BookedLine => ({
  kind: 'PAYMENT',
  reference: providerPaymentId ?? '',
  paymentId: id,
  amountMinor: capturedAmount,
  currency,
});

const refundLine = ({ paymentId, providerRefundId, amount, currency }: RefundPart): BookedLine => ({
  kind: 'REFUND',
  reference: providerRefundId ?? '',
  paymentId,
  amountMinor: -amount,
  currency,
});
