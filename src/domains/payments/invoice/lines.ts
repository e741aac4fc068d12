import { z } from 'zod';
import { wireMinor } from '../money/wire.ts';
import { type PricedLine, type PricedPayment, pricedLines } from '../payment/priced.ts';
import { type Portion, totalOf } from '../refund/portions.ts';

/** A line of an invoice as it is kept: amounts are minor units, total = net + tax. */
export const InvoiceLine = z.object({
  description: z.string(),
  quantity: z.int(),
  netMinor: z.int(),
  taxMinor: z.int(),
  totalMinor: z.int(),
  /** What the tax is called, with its rate in hundredths of a percent; null without one. */
  tax: z.object({ name: z.string(), rateBasisPoints: z.int() }).nullable(),
});
export type Line = z.output<typeof InvoiceLine>;

interface Paid {
  payment: PricedPayment;
  /** What the one line is called when nothing finer is known. */
  description: string;
}

/** The lines of what was paid; a payment of which nothing finer is known makes one. Their sums are the payment's, to the unit. */
export const linesOf = ({ payment, description }: Paid): Line[] => {
  const lines = pricedLines(payment);
  if (lines !== null) return [...lines.map(ticketLine), ...feeLine(lines)];
  const { capturedAmount, taxAmount: taxMinor } = payment;
  return [line({ description, quantity: 1, net: capturedAmount - taxMinor, taxMinor, tax: null })];
};

const ticketLine = (priced: PricedLine): Line => {
  const { description, quantity, netMinor, taxMinor, tax } = priced;
  return { description: description ?? 'Ticket', quantity, netMinor, taxMinor, totalMinor: netMinor + taxMinor, tax };
};

const feeLine = (priced: readonly PricedLine[]): Line[] => {
  const net = priced.reduce((sum, { feeMinor }) => sum + BigInt(feeMinor), 0n);
  return net === 0n ? [] : [line({ description: 'Booking fee', quantity: 1, net, taxMinor: 0n, tax: null })];
};

interface WholeLine extends Pick<Line, 'description' | 'quantity' | 'tax'> {
  net: bigint;
  taxMinor: bigint;
}

const line = ({ net, taxMinor, ...rest }: WholeLine): Line => ({
  ...rest,
  netMinor: wireMinor(net),
  taxMinor: wireMinor(taxMinor),
  totalMinor: wireMinor(net + taxMinor),
});

/** What lines come to, in minor units. */
export const sumsOf = (lines: readonly Line[]): { netMinor: bigint; taxMinor: bigint } => ({
  netMinor: lines.reduce((sum, { netMinor }) => sum + BigInt(netMinor), 0n),
  taxMinor: lines.reduce((sum, { taxMinor }) => sum + BigInt(taxMinor), 0n),
});

/** What went back of a payment, and for which admissions when it was for some. */
export interface Returned {
  parts: readonly Portion[];
  /** Ids of the admissions that it was for; none when it was for the whole. */
  admissionIds: readonly string[];
}

/**
 * The lines of a credit note, below zero: of each line of the invoice what went back of that very line, for as many tickets as
 * it went back for; then what went back of the booking fee.
 */
export const creditedLines = (invoiced: readonly Line[], { parts, admissionIds }: Returned): Line[] => {
  const places = [...new Set(parts.map((part) => part.line))].toSorted((a, b) => a - b);
  const tickets = places.map((place) => {
    const own = parts.filter((part) => part.line === place);
    return creditedLine(invoiced[place], own, admissionIds);
  });
  const { feeMinor } = totalOf(parts);
  const fee = line({ description: 'Booking fee', quantity: 1, net: -feeMinor, taxMinor: 0n, tax: null });
  return [...tickets, fee].filter(({ totalMinor }) => totalMinor !== 0);
};

const creditedLine = (of: Line | undefined, parts: readonly Portion[], admissionIds: readonly string[]): Line => {
  const { netMinor, taxMinor } = totalOf(parts);
  const { description = 'Tickets', tax = null } = of ?? {};
  return line({ description, quantity: quantityOf(of, parts, admissionIds), tax, net: -netMinor, taxMinor: -taxMinor });
};

/** Tickets it went back for: those that were named, or all that it was spread over. */
const quantityOf = (of: Line | undefined, parts: readonly Portion[], admissionIds: readonly string[]): number => {
  const ids = parts.flatMap(({ admissionId }) => admissionId ?? []);
  const named = ids.filter((id) => admissionIds.includes(id));
  return named.length || ids.length || (of?.quantity ?? 1);
};

/** The lines that take a credit note back: its own, above zero. */
export const takenBackLines = (credited: readonly Line[]): Line[] =>
  credited.map(({ netMinor, taxMinor, totalMinor, ...rest }) => ({
    ...rest,
    netMinor: -netMinor,
    taxMinor: -taxMinor,
    totalMinor: -totalMinor,
  }));

/** Net and tax of lines by tax rate, in the order in which the rates come; minor units. */
export const sumsByRate = (lines: readonly Line[]): { tax: Line['tax']; netMinor: bigint; taxMinor: bigint }[] => {
  const byRate = new Map<string, Line[]>();
  for (const each of lines) {
    const name = each.tax === null ? '' : `${each.tax.rateBasisPoints} ${each.tax.name}`;
    byRate.set(name, [...(byRate.get(name) ?? []), each]);
  }
  return [...byRate.values()].map((own) => ({ tax: own[0]?.tax ?? null, ...sumsOf(own) }));
};
