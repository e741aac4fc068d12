import { z } from 'zod';
import { splitByWeights } from '../money/split.rules.ts';
import { type PricedPayment, pricedLines } from '../payment/priced.rules.ts';

/** Amounts that make up a price, in minor units: net + tax + fee is what was paid. */
export interface Amounts {
  /** The host's side, without tax and before commission. */
  netMinor: bigint;
  taxMinor: bigint;
  /** What was paid on top for the platform. */
  feeMinor: bigint;
  /** What the platform takes out of the net. */
  commissionMinor: bigint;
}

/** What was paid for one admission, or for a line or payment of which nothing finer is known. */
export interface Portion extends Amounts {
  /** Place of the line in the payment's snapshot; 0 where there is none. */
  line: number;
  admissionId: string | null;
}

/** A portion, or some of one, as JSON. */
export const StoredPart = z.object({
  line: z.int(),
  admissionId: z.string().nullable(),
  netMinor: z.int(),
  taxMinor: z.int(),
  feeMinor: z.int(),
  commissionMinor: z.int(),
});
export type StoredPart = z.output<typeof StoredPart>;

/** One admission of the booking that was paid for. */
export interface PaidAdmission {
  id: string;
  ticketTypeId: string | null;
  /** Minor units. */
  pricePaid: bigint;
}

/** What of a portion was paid, in minor units. */
export const paidOf = ({ netMinor, taxMinor, feeMinor }: Amounts): bigint => netMinor + taxMinor + feeMinor;

/** What amounts come to together. */
export const totalOf = (amounts: readonly Amounts[]): Amounts => {
  const sum = (part: keyof Amounts): bigint => amounts.reduce((total, each) => total + each[part], 0n);
  return {
    netMinor: sum('netMinor'),
    taxMinor: sum('taxMinor'),
    feeMinor: sum('feeMinor'),
    commissionMinor: sum('commissionMinor'),
  };
};

/** What the tax office and the platform give back with parts of a payment, in minor units. */
export const sharesOf = (parts: readonly Amounts[]): { commissionMinor: bigint; taxMinor: bigint } => {
  const { taxMinor, feeMinor, commissionMinor } = totalOf(parts);
  return { commissionMinor: commissionMinor + feeMinor, taxMinor };
};

/**
 * What a payment is made of, admission by admission: tax, fee and commission of a line are split over its admissions, so that
 * all portions sum to the payment exactly, in each of the four.
 * @param admissions those of its booking, in their order; without them a line is one portion
 */
export const portionsOf = (payment: PricedPayment, admissions: readonly PaidAdmission[]): Portion[] => {
  const lines = pricedLines(payment);
  if (lines === null) {
    const { capturedAmount, taxAmount: taxMinor, commissionAmount: commissionMinor } = payment;
    return [
      { line: 0, admissionId: null, netMinor: capturedAmount - taxMinor, taxMinor, feeMinor: 0n, commissionMinor },
    ];
  }
  return lines.flatMap((each, line) => {
    const whole = {
      netMinor: BigInt(each.netMinor),
      taxMinor: BigInt(each.taxMinor),
      feeMinor: BigInt(each.feeMinor),
      commissionMinor: BigInt(each.commissionMinor - each.feeMinor),
    };
    const own = admissions.filter(({ ticketTypeId }) => ticketTypeId === each.ticketTypeId);
    const isComplete = own.length > 0 && own.reduce((sum, { pricePaid }) => sum + pricePaid, 0n) === paidOf(whole);
    return isComplete ? split(whole, own, line) : [{ line, admissionId: null, ...whole }];
  });
};

/** Tax by the price, the fee by what is left of it, commission by the net: none is more than what it is of. */
const split = (whole: Amounts, admissions: readonly PaidAdmission[], line: number): Portion[] => {
  const prices = admissions.map(({ pricePaid }) => pricePaid);
  const taxes = splitByWeights(whole.taxMinor, prices);
  const untaxed = prices.map((price, place) => price - (taxes[place] ?? 0n));
  const fees = splitByWeights(whole.feeMinor, untaxed);
  const nets = untaxed.map((price, place) => price - (fees[place] ?? 0n));
  const commissions = splitByWeights(whole.commissionMinor, nets);
  return admissions.map(({ id: admissionId }, place) => ({
    line,
    admissionId,
    netMinor: nets[place] ?? 0n,
    taxMinor: taxes[place] ?? 0n,
    feeMinor: fees[place] ?? 0n,
    commissionMinor: commissions[place] ?? 0n,
  }));
};
