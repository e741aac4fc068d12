import type { Transaction } from '../../../platform/db/client.ts';

type Reader = Pick<Transaction, 'invoice'>;

const WITH_CORRECTED = { include: { corrects: { select: { series: true, number: true } } } } as const;

/** One invoice, with the number of the one it corrects, or null. */
export const findInvoice = (reader: Reader, id: string) =>
  reader.invoice.findUnique({ where: { id }, ...WITH_CORRECTED });

export type StoredInvoice = NonNullable<Awaited<ReturnType<typeof findInvoice>>>;

interface Page {
  /** Bought by this person; null for all. */
  userId: string | null;
  /** Sold by this person; null for all. */
  issuerId: string | null;
  /** The id of the last invoice of the page before. */
  after: string | undefined;
  limit: number;
}

/** Invoices, the latest first. */
export const listInvoices = (reader: Reader, { userId, issuerId, after, limit }: Page): Promise<StoredInvoice[]> =>
  reader.invoice.findMany({
    where: {
      ...(userId === null ? {} : { userId }),
      ...(issuerId === null ? {} : { issuerId }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
    ...WITH_CORRECTED,
  });

/** The invoice of a payment, not its credit notes. */
export const invoiceOf = (reader: Reader, paymentId: string) =>
  reader.invoice.findFirst({ where: { paymentId, kind: { not: 'CREDIT_NOTE' } } });

/** What credit notes have given back of an invoice, in minor units; not above zero. */
export const creditedOf = async (reader: Reader, correctsId: string): Promise<bigint> =>
  (await reader.invoice.aggregate({ where: { correctsId }, _sum: { totalAmount: true } }))._sum.totalAmount ?? 0n;

/** Refunds of a payment that have settled and that no credit note tells of, in the order in which they were asked for. */
export const uncreditedRefunds = (reader: Pick<Transaction, 'refund'>, paymentId: string) =>
  reader.refund.findMany({
    where: { paymentId, status: 'SETTLED', creditNote: null },
    orderBy: { id: 'asc' },
    select: { id: true, amount: true, taxAmount: true },
  });
