import type { Transaction } from '../../../platform/db/client.ts';

export type DisputeReader = Pick<Transaction, 'dispute'>;

/** One dispute with its payment, or null. */
export const findDispute = (reader: DisputeReader, id: string) =>
  reader.dispute.findUnique({ where: { id }, include: { payment: true } });

export type DisputeWithPayment = NonNullable<Awaited<ReturnType<typeof findDispute>>>;

/** The dispute a provider knows by this name, or null. */
export const findByDisputeRef = (reader: DisputeReader, providerDisputeId: string) =>
  reader.dispute.findUnique({ where: { providerDisputeId } });

export type DisputeRow = NonNullable<Awaited<ReturnType<typeof findByDisputeRef>>>;

interface Page {
  /** Every payment's when absent. */
  paymentId: string | undefined;
  /** The id of the last dispute of the page before. */
  after: string | undefined;
  limit: number;
}

/** Disputes. Ids grow with time, so the latest come first. */
export const listDisputes = (reader: DisputeReader, { paymentId, after, limit }: Page) =>
  reader.dispute.findMany({
    where: {
      ...(paymentId === undefined ? {} : { paymentId }),
      ...(after === undefined ? {} : { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: limit,
  });
