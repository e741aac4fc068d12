import { z } from 'zod';
import type { PaymentRow } from './payment.reads.ts';

/** One kind of ticket as it was priced (`commission/snapshot.ts`); minor units, total = net + tax + fee. */
const PricedLine = z.object({
  ticketTypeId: z.string(),
  description: z.string().nullable(),
  quantity: z.int(),
  netMinor: z.int().min(0),
  taxMinor: z.int().min(0),
  feeMinor: z.int().min(0),
  commissionMinor: z.int().min(0),
  totalMinor: z.int().min(0),
  tax: z.object({ name: z.string(), rateBasisPoints: z.int() }).nullable(),
});
export type PricedLine = z.output<typeof PricedLine>;

const Snapshot = z.object({ lines: z.array(PricedLine).min(1) });

export type PricedPayment = Pick<
  PaymentRow,
  'capturedAmount' | 'taxAmount' | 'commissionAmount' | 'commissionSnapshot'
>;

/**
 * What a payment was for, line by line, as it was kept when it was priced. Null where nothing finer than the whole is known:
 * it was for no booking, or its lines do not sum to it in amount, tax and commission.
 */
export const pricedLines = (payment: PricedPayment): PricedLine[] | null => {
  const lines = Snapshot.safeParse(payment.commissionSnapshot).data?.lines;
  if (lines === undefined) return null;
  const sum = (part: 'totalMinor' | 'taxMinor' | 'commissionMinor'): bigint =>
    lines.reduce((total, line) => total + BigInt(line[part]), 0n);
  const isWhole =
    lines.every(({ totalMinor, netMinor, taxMinor, feeMinor }) => totalMinor === netMinor + taxMinor + feeMinor) &&
    sum('totalMinor') === payment.capturedAmount &&
    sum('taxMinor') === payment.taxAmount &&
    sum('commissionMinor') === payment.commissionAmount;
  return isWhole ? lines : null;
};
