import { splitByWeights } from '../money/split.rules.ts';
import { type Amounts, type Portion, paidOf, totalOf } from './portions.rules.ts';

/** What is to go back, and of what. */
export interface GivenBack {
  amountMinor: bigint;
  /** The admissions it is for, by what each is to have of the amount in proportion; absent when it is for the whole. */
  admissions?: readonly { id: string; amountMinor: bigint }[];
  /** Whether the platform keeps its fee: it goes back only where nothing else is left. */
  isFeeKept?: boolean;
}

/**
 * Finds what of a payment goes back with an amount: first of the admissions it is for, then of others of their lines, then of
 * all lines, in proportion to what is left of each. Within a portion, tax, fee and commission are their part of all that has
 * gone back of it so far, less what went back before: a portion given back whole, in however many parts, gives back exactly
 * what it was made of, and so does a payment.
 * @param gone what went back before
 * @returns parts that sum to the amount, or to what is left when that is less
 */
export const giveBack = (portions: readonly Portion[], gone: readonly Portion[], wish: GivenBack): Portion[] => {
  const states = portions.map((portion) => stateOf(portion, gone));
  let left = wish.amountMinor;
  const named = weightsOf(states, wish);
  if (named !== null) {
    left -= spread(states, splitByWeights(left, named));
    const lines = new Set(states.filter((_, place) => (named[place] ?? 0n) > 0n).map(({ portion }) => portion.line));
    left -= spreadByLeft(
      states.filter(({ portion }) => lines.has(portion.line)),
      left,
    );
  }
  spreadByLeft(states, left);
  return states.filter(({ takenMinor }) => takenMinor > 0n).map((state) => partOf(state, wish.isFeeKept === true));
};

interface State {
  portion: Portion;
  /** What of it went back before. */
  before: Amounts;
  leftMinor: bigint;
  /** What goes back of it now. */
  takenMinor: bigint;
}

const isOf =
  ({ line, admissionId }: Portion) =>
  (other: Portion): boolean =>
    other.line === line && other.admissionId === admissionId;

const stateOf = (portion: Portion, gone: readonly Portion[]): State => {
  const before = totalOf(gone.filter(isOf(portion)));
  const leftMinor = paidOf(portion) - paidOf(before);
  return { portion, before, leftMinor: leftMinor > 0n ? leftMinor : 0n, takenMinor: 0n };
};

const weightsOf = (states: readonly State[], { admissions = [] }: GivenBack): bigint[] | null => {
  const weights = states.map(
    ({ portion }) => admissions.find(({ id }) => id === portion.admissionId)?.amountMinor ?? 0n,
  );
  return weights.some((weight) => weight > 0n) ? weights : null;
};

/** @returns how much was taken: of no portion more than is left of it */
const spread = (states: readonly State[], amounts: readonly bigint[]): bigint => {
  let sum = 0n;
  for (const [place, state] of states.entries()) {
    const taken = within(amounts[place] ?? 0n, 0n, state.leftMinor);
    state.takenMinor += taken;
    state.leftMinor -= taken;
    sum += taken;
  }
  return sum;
};

const spreadByLeft = (states: readonly State[], amountMinor: bigint): bigint => {
  const weights = states.map(({ leftMinor }) => leftMinor);
  const most = weights.reduce((sum, weight) => sum + weight, 0n);
  return most === 0n ? 0n : spread(states, splitByWeights(least(amountMinor, most), weights));
};

const partOf = ({ portion, before, takenMinor }: State, isFeeKept: boolean): Portion => {
  const ticketLeft = portion.netMinor + portion.taxMinor - before.netMinor - before.taxMinor;
  const feeLeft = portion.feeMinor - before.feeMinor;
  const gone = paidOf(before) + takenMinor;
  const fee = isFeeKept ? 0n : shareOf(portion.feeMinor, gone, paidOf(portion)) - before.feeMinor;
  const feeMinor = within(fee, takenMinor - ticketLeft, least(feeLeft, takenMinor));
  const ticketMinor = takenMinor - feeMinor;
  const ticketGone = before.netMinor + before.taxMinor + ticketMinor;
  const tax = shareOf(portion.taxMinor, ticketGone, portion.netMinor + portion.taxMinor) - before.taxMinor;
  const netLeft = portion.netMinor - before.netMinor;
  const taxMinor = within(tax, ticketMinor - netLeft, least(portion.taxMinor - before.taxMinor, ticketMinor));
  const netMinor = ticketMinor - taxMinor;
  const netGone = before.netMinor + netMinor;
  const commission = shareOf(portion.commissionMinor, netGone, portion.netMinor) - before.commissionMinor;
  const { line, admissionId } = portion;
  return { line, admissionId, netMinor, taxMinor, feeMinor, commissionMinor: within(commission, 0n, netMinor) };
};

const shareOf = (part: bigint, gone: bigint, whole: bigint): bigint => (whole > 0n ? (part * gone) / whole : 0n);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** The least must hold where the most is below it: never less than nothing. */
const within = (amount: bigint, from: bigint, most: bigint): bigint => {
  const lowest = from > 0n ? from : 0n;
  if (amount < lowest) return lowest;
  return amount < most ? amount : most;
};
