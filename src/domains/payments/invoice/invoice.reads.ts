import type { Transaction } from '../../../platform/db/client.ts';

import { findPayment } from '../payment/payment.reads.ts';
import { admissionsOf } from '../refund/admission.reads.ts';
import { namedIn, returnsOf } from '../refund/gone.reads.ts';
import type { Returned } from './lines.rules.ts';

type Reader = Pick<Transaction, 'invoice'>;

const PARTIES = { id: true, billingDetails: true, sellerDetails: true } as const;
/** A note that takes a credit note back corrects it, and the credit note corrects the invoice. */
const WITH_CORRECTED = {
  include: { corrects: { select: { ...PARTIES, series: true, number: true, corrects: { select: PARTIES } } } },
} as const;

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

/** The invoices of a payment, not its credit notes: first the host's, then the platform's, in the order of their numbers. */
export const invoicesOf = (reader: Reader, paymentId: string) =>
  reader.invoice.findMany({
    where: { paymentId, kind: { not: 'CREDIT_NOTE' } },
    orderBy: [{ issuerId: { sort: 'asc', nulls: 'last' } }, { number: 'asc' }],
  });

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

/** A settled refund or a lost dispute. */
export interface Returns extends Returned {
  of: { refundId: string } | { disputeId: string };
  /** Ids of the invoices that have a credit note for it. */
  creditedOn: readonly string[];
}

/** The parts of a payment that have gone back: refunds in the order in which they were asked for, then disputes. */
export const returnsToCredit = async (
  reader: Pick<Transaction, 'refund' | 'dispute' | 'eventParticipant' | 'payment'>,
  paymentId: string,
): Promise<Returns[]> => {
  const payment = await findPayment(reader, paymentId);
  const query = { orderBy: { id: 'asc' }, include: { creditNotes: { select: { correctsId: true } } } } as const;
  const refunds = await reader.refund.findMany({ where: { paymentId, status: 'SETTLED' }, ...query });
  const disputes = await reader.dispute.findMany({ where: { paymentId, status: 'LOST' }, ...query });
  if (payment === null || refunds.length + disputes.length === 0) return [];
  const returns = await returnsOf(reader, payment);
  const admissions = await admissionsOf(reader, payment.bookingId);
  return [
    ...refunds.map((refund) => ({
      of: { refundId: refund.id },
      creditedOn: correctedBy(refund),
      parts: returns.get(refund.id) ?? [],
      admissionIds: namedIn(refund, admissions),
    })),
    ...disputes.map((dispute) => ({
      of: { disputeId: dispute.id },
      creditedOn: correctedBy(dispute),
      parts: returns.get(dispute.id) ?? [],
      admissionIds: [],
    })),
  ];
};

const correctedBy = ({ creditNotes }: { creditNotes: { correctsId: string | null }[] }): string[] =>
  creditNotes.flatMap(({ correctsId }) => correctsId ?? []);
