import type { Transaction } from '../../../platform/db/client.ts';

export type RefundReader = Pick<Transaction, 'refund'>;

/** One refund, or null. */
export const findRefund = (reader: RefundReader, id: string) => reader.refund.findUnique({ where: { id } });

export type RefundRow = NonNullable<Awaited<ReturnType<typeof findRefund>>>;

/** A refund with the payment it takes from. */
export const findRefundWithPayment = (reader: RefundReader, id: string) =>
  reader.refund.findUnique({ where: { id }, include: { payment: true } });

export type RefundWithPayment = NonNullable<Awaited<ReturnType<typeof findRefundWithPayment>>>;

/** The refund a provider knows by this name, with its payment. */
export const findByRefundRef = (reader: RefundReader, providerRefundId: string) =>
  reader.refund.findUnique({ where: { providerRefundId }, include: { payment: true } });

interface Page {
  paymentId: string;
  /** The id of the last refund of the page before. */
  after: string | undefined;
  limit: number;
}

/** Refunds of a payment. Ids grow with time, so the latest come first. */
export const listRefunds = (reader: RefundReader, { paymentId, after, limit }: Page) =>
  reader.refund.findMany({
    where: { paymentId, ...(after === undefined ? {} : { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: limit,
  });

/** What goes back or went back of a payment, in minor units. */
export const sumRefunds = async (reader: RefundReader, paymentId: string): Promise<bigint> => {
  const { _sum: sum } = await reader.refund.aggregate({
    where: { paymentId, status: { not: 'FAILED' } },
    _sum: { amount: true },
  });
  return sum.amount ?? 0n;
};

/** What of a payment has arrived with its payer, added up, and what its host gave back of a promo code of the platform. */
export const sumSettled = async (
  reader: RefundReader,
  paymentId: string,
): Promise<{ amountMinor: bigint; promoMinor: bigint }> => {
  const { _sum: sum } = await reader.refund.aggregate({
    where: { paymentId, status: 'SETTLED' },
    _sum: { amount: true, promoAmount: true },
  });
  return { amountMinor: sum.amount ?? 0n, promoMinor: sum.promoAmount ?? 0n };
};

/** Refunds of a payment that failed and are owed: a difference about each is open. At most 100. */
export const owedRefundsOf = async (
  reader: Pick<Transaction, 'refund' | 'reconciliationBreak'>,
  paymentId: string,
): Promise<RefundRow[]> => {
  const failed = await reader.refund.findMany({
    where: { paymentId, status: 'FAILED' },
    orderBy: { id: 'asc' },
    take: 100,
  });
  const open = await reader.reconciliationBreak.findMany({
    where: { paymentId, status: 'OPEN', reference: { in: failed.map(({ id }) => id) } },
    select: { reference: true },
  });
  const owed = new Set(open.map(({ reference }) => reference));
  return failed.filter(({ id }) => owed.has(id));
};

/** What goes back or went back for one admission, under any of its ids; minor units. */
export const refundedForAdmission = async (reader: RefundReader, ids: readonly string[]): Promise<bigint> => {
  const { _sum: sum } = await reader.refund.aggregate({
    where: { participantId: { in: [...ids] }, status: { not: 'FAILED' } },
    _sum: { amount: true },
  });
  return sum.amount ?? 0n;
};
