import { z } from 'zod';
import { splitByWeights } from '../money/split.ts';
import { wireMinor } from '../money/wire.ts';

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

/** What of a payment's snapshot (`commission/snapshot.ts`) makes lines. */
const Priced = z.object({
  totalMinor: z.int(),
  feeMinor: z.int(),
  lines: z
    .array(
      z.object({
        description: z.string().nullable(),
        quantity: z.int(),
        netMinor: z.int(),
        taxMinor: z.int(),
        tax: z.object({ name: z.string(), rateBasisPoints: z.int() }).nullable(),
      }),
    )
    .min(1),
});

interface Paid {
  amountMinor: bigint;
  taxMinor: bigint;
  /** What was kept with the payment when it was priced. */
  snapshot: unknown;
  /** What the one line is called when nothing finer is known. */
  description: string;
}

/**
 * The lines of what was paid. Their sums are the payment's, to the unit: a snapshot that says anything else makes one line
 * of the whole.
 */
export const linesOf = ({ amountMinor, taxMinor, snapshot, description }: Paid): Line[] => {
  const priced = Priced.safeParse(snapshot).data;
  const lines = priced === undefined ? [] : [...priced.lines.map(ticketLine), ...feeLine(priced.feeMinor)];
  const sums = sumsOf(lines);
  if (sums.netMinor + sums.taxMinor === amountMinor && sums.taxMinor === taxMinor) return lines;
  return [line({ description, quantity: 1, net: amountMinor - taxMinor, taxMinor, tax: null })];
};

const ticketLine = (priced: z.output<typeof Priced>['lines'][number]): Line => {
  const { description, quantity, netMinor, taxMinor, tax } = priced;
  return { description: description ?? 'Ticket', quantity, netMinor, taxMinor, totalMinor: netMinor + taxMinor, tax };
};

const feeLine = (feeMinor: number): Line[] =>
  feeMinor === 0
    ? []
    : [{ description: 'Booking fee', quantity: 1, netMinor: feeMinor, taxMinor: 0, totalMinor: feeMinor, tax: null }];

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

/**
 * The lines of a credit note, below zero: what went back, spread over the lines of the invoice, net and tax each for
 * itself, so that they sum to what went back exactly.
 */
export const creditedLines = (invoiced: readonly Line[], back: { amountMinor: bigint; taxMinor: bigint }): Line[] => {
  const nets = splitByWeights(back.taxMinor - back.amountMinor, weightsOf(invoiced, 'netMinor'));
  const taxes = splitByWeights(-back.taxMinor, weightsOf(invoiced, 'taxMinor'));
  return invoiced
    .map(({ description, quantity, tax }, place) =>
      line({ description, quantity, tax, net: nets[place] ?? 0n, taxMinor: taxes[place] ?? 0n }),
    )
    .filter(({ totalMinor }) => totalMinor !== 0);
};

const weightsOf = (lines: readonly Line[], part: 'netMinor' | 'taxMinor'): bigint[] =>
  lines.map((each) => BigInt(Math.max(each[part], 0)));
