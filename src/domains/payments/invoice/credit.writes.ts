import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { creditedOf, groundlessNotes, invoiceOf, uncredited } from './invoice.reads.ts';
import { creditedLines, InvoiceLine, type Line, sumsOf, takenBackLines } from './lines.ts';
import { holdNumbers, nextNumber } from './number.writes.ts';
import { seriesOf } from './series.ts';

/**
 * Issues a credit note for each settled refund and each lost dispute of a payment that has none. What went back beyond what
 * was invoiced has none: there is nothing to correct. Without an invoice neither: when it is issued, this follows.
 * A credit note whose refund failed after all is taken back by another one, above zero.
 * @returns how many
 */
export const creditReturns = async (
  tx: Transaction,
  { paymentId, now }: { paymentId: string; now: Date },
): Promise<number> => {
  const invoice = await invoiceOf(tx, paymentId);
  if (invoice === null) return 0;
  const { issuerId } = invoice;
  await holdNumbers(tx, issuerId);
  // Read while the numbers are held: whoever credits the same returns waits, and finds them credited.
  const returns = (await uncredited(tx, paymentId)).filter(({ parts }) => parts.length > 0);
  const invoiced = z.array(InvoiceLine).parse(invoice.lines);
  const series = seriesOf('CREDIT_NOTE', issuerId, now);
  for (const { of, ...returned } of returns) {
    await issueNote(tx, invoice, { lines: creditedLines(invoiced, returned), correctsId: invoice.id, of, series, now });
  }
  // A refund may have failed after its note was issued: what takes it back stands beside it.
  const groundless = await groundlessNotes(tx, paymentId);
  for (const note of groundless) {
    const lines = takenBackLines(z.array(InvoiceLine).parse(note.lines));
    await issueNote(tx, invoice, { lines, correctsId: note.id, of: {}, series, now });
  }
  await noteStatus(tx, invoice);
  return returns.length + groundless.length;
};

interface Note {
  lines: Line[];
  correctsId: string;
  /** What it is for. */
  of: { refundId?: string; disputeId?: string };
  series: string;
  now: Date;
}

type IssuedInvoice = NonNullable<Awaited<ReturnType<typeof invoiceOf>>>;

const issueNote = async (
  tx: Transaction,
  { issuerId, currency, userId, bookingId, paymentId, supply }: IssuedInvoice,
  { lines, correctsId, of, series, now: issuedAt }: Note,
): Promise<void> => {
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
      ...{ issuerId, correctsId, lines, currency, userId, bookingId, paymentId, issuedAt },
      netAmount: netMinor,
      taxAmount: taxMinor,
      totalAmount: netMinor + taxMinor,
    },
  });
};

const noteStatus = async (tx: Transaction, { id, status, totalAmount }: IssuedInvoice): Promise<void> => {
  const isAllBack = totalAmount + (await creditedOf(tx, id)) === 0n;
  const now = isAllBack ? 'CREDITED' : 'PAID';
  if (now !== status) await tx.invoice.update({ where: { id }, data: { status: now }, select: { id: true } });
};
