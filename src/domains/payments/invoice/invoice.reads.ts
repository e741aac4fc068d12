import type { Transaction } from '../../../platform/db/client.ts';

import { findPayment } from '../payment/payment.reads.ts';
import { admissionsOf } from '../refund/admission.reads.ts';
import { namedIn, returnsOf } from '../refund/gone.reads.ts';
import type { Returned } from './lines.ts';

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

/** What credit notes have given back of an invoice, less those that were taken back; minor units, not above zero. */
export const creditedOf = async (reader: Reader, invoiceId: string): Promise<bigint> => {
  const where = { OR: [{ correctsId: invoiceId }, { corrects: { correctsId: invoiceId } }] };
  return (await reader.invoice.aggregate({ where, _sum: { totalAmount: true } }))._sum.totalAmount ?? 0n;
};

/** Credit notes of refunds that failed after they had settled, and that nothing has taken back. */
export const groundlessNotes = (reader: Reader, paymentId: string) =>
  reader.invoice.findMany({
    where: { paymentId, kind: 'CREDIT_NOTE', refund: { status: 'FAILED' }, corrections: { none: {} } },
    orderBy: { number: 'asc' },
  });

/** A refund or a lost dispute that no credit note tells of. */
export interface Uncredited extends Returned {
  of: { refundId: string } | { disputeId: string };
}

/** What has gone back of a payment and no credit note tells of: refunds in the order in which they were asked for, then disputes. */
export const uncredited = async (
  reader: Pick<Transaction, 'refund' | 'dispute' | 'eventParticipant' | 'payment'>,
  paymentId: string,
): Promise<Uncredited[]> => {
  const payment = await findPayment(reader, paymentId);
  const where = { paymentId, creditNote: null };
  const refunds = await reader.refund.findMany({ where: { ...where, status: 'SETTLED' }, orderBy: { id: 'asc' } });
  const disputes = await reader.dispute.findMany({ where: { ...where, status: 'LOST' }, orderBy: { id: 'asc' } });
  if (payment === null || refunds.length + disputes.length === 0) return [];
  const returns = await returnsOf(reader, payment);
  const admissions = await admissionsOf(reader, payment.bookingId);
  return [
    ...refunds.map((refund) => ({
      of: { refundId: refund.id },
      parts: returns.get(refund.id) ?? [],
      admissionIds: namedIn(refund, admissions),
    })),
    ...disputes.map(({ id }) => ({ of: { disputeId: id }, parts: returns.get(id) ?? [], admissionIds: [] })),
  ];
};
