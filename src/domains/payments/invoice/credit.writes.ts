import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { bookedPayment } from '../payment/booked.rules.ts';
import { findPayment } from '../payment/payment.reads.ts';
import { creditedOf, groundlessNotes, invoicesOf, type Returns, returnsToCredit } from './invoice.reads.ts';
import { creditedLines, InvoiceLine, type Line, sumsOf, takenBackLines } from './lines.rules.ts';
import { holdNumbers, nextNumber } from './number.writes.ts';
import { seriesOf } from './series.rules.ts';

/**
 * Issues credit notes for each settled refund and each lost dispute of a payment: one for each of its invoices of which
 * something went back, unless it has one. What went back beyond what was invoiced has none: there is nothing to correct.
 * Without an invoice neither: when it is issued, this follows. A credit note whose refund failed after all is taken back by
 * another one, above zero.
 * @returns how many were issued
 */
export const creditReturns = async (
  tx: Transaction,
  { paymentId, now }: { paymentId: string; now: Date },
): Promise<number> => {
  const payment = await findPayment(tx, paymentId);
  if (payment === null) return 0;
  const { hostId } = bookedPayment(payment);
  // Another transaction that issues or credits the same payment waits here, and then finds what this one issued.
  await holdNumbers(tx, hostId);
  const invoices = await invoicesOf(tx, paymentId);
  if (hostId !== null && invoices.some(({ issuerId }) => issuerId === null)) await holdNumbers(tx, null);
  const returns = await returnsToCredit(tx, paymentId);
  const hasFeeApart = invoices.some(({ kind }) => kind === 'FEE');
  let issued = 0;
  for (const invoice of invoices) issued += await creditInvoice(tx, invoice, { returns, hasFeeApart, now });
  // A refund may have failed after its notes were issued: what takes them back stands beside them.
  for (const note of await groundlessNotes(tx, paymentId)) {
    const lines = takenBackLines(z.array(InvoiceLine).parse(note.lines));
    await issueNote(tx, note, { lines, of: {}, now });
    issued += 1;
  }
  for (const invoice of invoices) await noteStatus(tx, invoice);
  return issued;
};

interface Crediting {
  returns: readonly Returns[];
  /** Whether the booking fee has an invoice of its own. */
  hasFeeApart: boolean;
  now: Date;
}

const creditInvoice = async (
  tx: Transaction,
  invoice: IssuedInvoice,
  { returns, hasFeeApart, now }: Crediting,
): Promise<number> => {
  const invoiced = { kind: invoice.kind, lines: z.array(InvoiceLine).parse(invoice.lines), hasFeeApart };
  let issued = 0;
  for (const { of, creditedOn, ...returned } of returns) {
    if (creditedOn.includes(invoice.id)) continue;
    const lines = creditedLines(invoiced, returned);
    if (lines.length === 0) continue;
    await issueNote(tx, invoice, { lines, of, now });
    issued += 1;
  }
  return issued;
};

interface Note {
  lines: Line[];
  /** What it is for. */
  of: { refundId?: string; disputeId?: string };
  now: Date;
}

type IssuedInvoice = Awaited<ReturnType<typeof invoicesOf>>[number];

/** Corrects an invoice, or takes a credit note back. */
const issueNote = async (tx: Transaction, corrected: IssuedInvoice, { lines, of, now }: Note): Promise<void> => {
  const { id: correctsId, issuerId, currency, userId, bookingId, paymentId, supply } = corrected;
  const series = seriesOf('CREDIT_NOTE', issuerId, now);
  const { netMinor, taxMinor } = sumsOf(lines);
  await tx.invoice.create({
    data: {
      id: newId(),
      kind: 'CREDIT_NOTE',
      series,
      number: await nextNumber(tx, series),
      status: 'ISSUED',
      ...of,
      ...(supply === null ? {} : { supply }),
      ...{ issuerId, correctsId, lines, currency, userId, bookingId, paymentId, issuedAt: now },
      netAmount: netMinor,
      taxAmount: taxMinor,
      totalAmount: netMinor + taxMinor,
    },
    select: { id: true },
  });
};

const noteStatus = async (tx: Transaction, { id, status, totalAmount }: IssuedInvoice): Promise<void> => {
  const isAllBack = totalAmount + (await creditedOf(tx, id)) === 0n;
  const now = isAllBack ? 'CREDITED' : 'PAID';
  if (now !== status) await tx.invoice.update({ where: { id }, data: { status: now }, select: { id: true } });
};
