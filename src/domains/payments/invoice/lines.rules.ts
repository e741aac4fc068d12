import { z } from 'zod';
import type { InvoiceKind } from '../../../generated/prisma/enums.ts';
import { wireMinor } from '../money/wire.rules.ts';
import type { PaymentRow } from '../payment/payment.reads.ts';
import { type PricedLine, type PricedPayment, pricedLines } from '../payment/priced.rules.ts';
import { type Portion, totalOf } from '../refund/portions.rules.ts';

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

/** An invoice before it has a number: what one sells to another. */
export interface Draft {
  kind: 'TICKETS' | 'SUBSCRIPTION' | 'FEE' | 'COMMISSION';
  lines: Line[];
}

type Paid = PricedPayment & Pick<PaymentRow, 'purpose'>;

/**
 * Drafts the invoices of a payment: one for the thing that was paid for, and another for the sale of the platform, which is the
 * booking fee to whoever booked, or the commission to the host who bears it. The thing and the fee add up to the payment, to
 * the unit; the fee and the commission to the platform's share.
 */
export const draftsOf = (payment: Paid): Draft[] => {
  const priced = pricedLines(payment) ?? [];
  const fee = priced.reduce((sum, { feeMinor }) => sum + BigInt(feeMinor), 0n);
  const kind = payment.purpose === 'SUBSCRIPTION' ? ('SUBSCRIPTION' as const) : ('TICKETS' as const);
  const drafts: Draft[] = [
    { kind, lines: priced.length > 0 ? priced.map(ticketLine) : wholeLine(payment) },
    { kind: 'FEE', lines: feeLine(fee) },
    { kind: 'COMMISSION', lines: commissionLine(payment.commissionAmount - fee) },
  ];
  return drafts.filter(({ lines }) => lines.length > 0);
};

/** The one line of a payment of which nothing finer is known. */
const wholeLine = ({ purpose, capturedAmount, taxAmount: taxMinor }: Paid): Line[] => {
  const description = purpose === 'SUBSCRIPTION' ? 'Subscription' : 'Tickets';
  return [line({ description, quantity: 1, net: capturedAmount - taxMinor, taxMinor, tax: null })];
};

const ticketLine = (priced: PricedLine): Line => {
  const { description, quantity, netMinor, taxMinor, tax } = priced;
  return { description: description ?? 'Ticket', quantity, netMinor, taxMinor, totalMinor: netMinor + taxMinor, tax };
};

const feeLine = (net: bigint): Line[] => untaxedLine('Booking fee', net);
const commissionLine = (net: bigint): Line[] => untaxedLine('Commission', net);

const untaxedLine = (description: string, net: bigint): Line[] =>
  net === 0n ? [] : [line({ description, quantity: 1, net, taxMinor: 0n, tax: null })];

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

/** An invoice of which something goes back. */
export interface Invoiced {
  kind: InvoiceKind;
  lines: readonly Line[];
  /** Whether the booking fee has an invoice of its own; before it had, it stood on the one for the tickets. */
  hasFeeApart: boolean;
}

/**
 * The lines of a credit note, below zero: of each line of the invoice what went back of that very line, for as many tickets as
 * it went back for. Of the platform's invoices what went back of the fee, or of the commission. None where nothing did.
 */
export const creditedLines = ({ kind, lines, hasFeeApart }: Invoiced, { parts, admissionIds }: Returned): Line[] => {
  const { feeMinor, commissionMinor } = totalOf(parts);
  if (kind === 'FEE') return feeLine(-feeMinor);
  if (kind === 'COMMISSION') return commissionLine(-commissionMinor);
  const places = [...new Set(parts.map((part) => part.line))].toSorted((a, b) => a - b);
  const tickets = places.map((place) => {
    const own = parts.filter((part) => part.line === place);
    return creditedLine(lines[place], own, admissionIds);
  });
  return [...tickets.filter(({ totalMinor }) => totalMinor !== 0), ...(hasFeeApart ? [] : feeLine(-feeMinor))];
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
