import { z } from 'zod';
import type { Transaction } from '../../../platform/db/client.ts';
import { newId } from '../../../platform/ids.ts';
import { creditedOf, invoiceOf, uncredited } from './invoice.reads.ts';
import { creditedLines, InvoiceLine, sumsOf } from './lines.ts';
import { holdNumbers, nextNumber } from './number.writes.ts';
import { seriesOf } from './series.ts';

/**
 * Issues a credit note for each settled refund and each lost dispute of a payment that has none. What went back beyond what
 * was invoiced has none: there is nothing to correct. Without an invoice neither: when it is issued, this follows.
 * @returns how many
 */
export const creditReturns = async (
  tx: Transaction,
  { paymentId, now }: { paymentId: string; now: Date },
): Promise<number> => {
  const invoice = await invoiceOf(tx, paymentId);
  if (invoice === null) return 0;
  const { issuerId, bookingId } = invoice;
  await holdNumbers(tx, issuerId);
  // Read while the numbers are held: whoever credits the same returns waits, and finds them credited.
  const returns = (await uncredited(tx, paymentId)).filter(({ parts }) => parts.length > 0);
  const invoiced = z.array(InvoiceLine).parse(invoice.lines);
  const series = seriesOf('CREDIT_NOTE', issuerId, now);
  for (const { of, ...returned } of returns) {
    const lines = creditedLines(invoiced, returned);
    const { netMinor, taxMinor } = sumsOf(lines);
    await tx.invoice.create({
      data: {
        id: newId(),
        kind: 'CREDIT_NOTE',
        series,
        number: await nextNumber(tx, series),
        status: 'ISSUED',
        issuerId,
        ...of,
        correctsId: invoice.id,
        lines,
        netAmount: netMinor,
        taxAmount: taxMinor,
        totalAmount: netMinor + taxMinor,
        currency: invoice.currency,
        userId: invoice.userId,
        bookingId,
        paymentId,
        issuedAt: now,
      },
    });
  }
  const isAllBack = invoice.totalAmount + (await creditedOf(tx, invoice.id)) === 0n;
  if (isAllBack && invoice.status !== 'CREDITED') {
    await tx.invoice.update({ where: { id: invoice.id }, data: { status: 'CREDITED' }, select: { id: true } });
  }
  return returns.length;
};
