import { AppError } from '../../../kernel/errors.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import type { SubjectKeys } from '../../../platform/subject-keys/subject-keys.ts';
import { publicNames } from '../../identity/api.ts';
import { bookedPayment } from '../payment/booked.ts';
import { findPayment, type PaymentRow } from '../payment/payment.reads.ts';
import { creditReturns } from './credit.writes.ts';
import { invoiceOf } from './invoice.reads.ts';
import { linesOf, sumsOf } from './lines.ts';
import { holdNumbers, nextNumber } from './number.writes.ts';
import { seriesOf } from './series.ts';
import { supplyOf } from './supply.reads.ts';

export interface Issuing {
  keys: Pick<SubjectKeys, 'encryptFor'>;
  now: Date;
}

/**
 * Issues the invoice of a captured payment, once, and credit notes for what of it has gone back already. Credit that was
 * bought is nothing that was sold: a top-up has no invoice.
 * @returns the invoice's id; null when the payment has none
 */
export const issueInvoice = async (
  tx: Transaction,
  { keys, now }: Issuing,
  paymentId: string,
): Promise<string | null> => {
  const payment = await findPayment(tx, paymentId);
  if (payment === null || payment.capturedAmount === 0n || payment.purpose === 'WALLET_TOP_UP') return null;
  const issuerId = bookedPayment(payment).hostId;
  await holdNumbers(tx, issuerId);
  const issued = await invoiceOf(tx, paymentId);
  if (issued !== null) return issued.id;
  const id = newId();
  const billingDetails = await billTo(tx, keys, { userId: payment.userId, invoiceId: id });
  await tx.invoice.create({ data: { ...(await draftOf(tx, payment, { issuerId, now })), id, billingDetails } });
  await creditReturns(tx, { paymentId, now });
  return id;
};

const draftOf = async (
  tx: Transaction,
  payment: PaymentRow,
  { issuerId, now }: { issuerId: string | null; now: Date },
) => {
  const kind = payment.purpose === 'SUBSCRIPTION' ? ('SUBSCRIPTION' as const) : ('TICKETS' as const);
  const series = seriesOf(kind, issuerId, now);
  const lines = linesOf({ payment, description: kind === 'TICKETS' ? 'Tickets' : 'Subscription' });
  const { netMinor, taxMinor } = sumsOf(lines);
  const supply = await supplyOf(tx, payment);
  return {
    kind,
    series,
    number: await nextNumber(tx, series),
    status: 'PAID',
    issuerId,
    lines,
    ...(supply === null ? {} : { supply }),
    netAmount: netMinor,
    taxAmount: taxMinor,
    totalAmount: netMinor + taxMinor,
    currency: payment.currency,
    userId: payment.userId,
    bookingId: payment.bookingId,
    paymentId: payment.id,
    issuedAt: now,
  } as const;
};

/** Whom it is for, as they were called then, encrypted with their own key; null for who was erased. */
const billTo = async (
  tx: Transaction,
  keys: Issuing['keys'],
  { userId, invoiceId }: { userId: string; invoiceId: string },
): Promise<string | null> => {
  const person = (await publicNames(tx, [userId])).get(userId);
  if (person === undefined) return null;
  const place = { table: 'invoices', column: 'billing_details', rowId: invoiceId };
  const details = JSON.stringify({ name: `${person.firstName} ${person.lastName}`.trim() });
  try {
    return await keys.encryptFor(tx, userId, place, details);
  } catch (error) {
    if (error instanceof AppError && error.code === 'GONE') return null;
    throw error;
  }
};
