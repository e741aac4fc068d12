import { invalidField } from '../../../kernel/errors.ts';
import { percentOf } from './basis-points.rules.ts';
import { splitByWeights } from './split.rules.ts';
import { stripeStepMinor } from './stripe-amount.rules.ts';

/**
 * The smallest step of minor units in which a payment of this currency is taken and sent back: 10 where it has three
 * decimals, else 1. It is the narrowest of all providers, so that what was sold by one can be paid back by another.
 */
export const chargeStep = (currency: string): bigint => stripeStepMinor(currency);

/** The amount, rounded down to a step of its currency. */
export const toStep = (amountMinor: bigint, currency: string): bigint =>
  amountMinor - (amountMinor % chargeStep(currency));

/** @throws INVALID_INPUT naming the field for an amount that no provider takes, such as 5.005 KWD */
export const refuseOffStep = (path: string, amountMinor: bigint, currency: string): void => {
  const step = chargeStep(currency);
  if (amountMinor % step !== 0n) throw invalidField(path, `must be a multiple of ${step} minor units of ${currency}`);
};

/** `splitByWeights` in steps of the currency: parts of an amount that can be charged can be sent back, each alone. */
export const splitInSteps = (amountMinor: bigint, weights: readonly bigint[], currency: string): bigint[] => {
  const step = chargeStep(currency);
  if (step === 1n || amountMinor % step !== 0n) return splitByWeights(amountMinor, weights);
  return splitByWeights(amountMinor / step, weights).map((part) => part * step);
};

/**
 * A share of an amount in hundredths of a percent, rounded once, half up, to a step of the currency; of an amount off the step to
 * the minor unit.
 * @throws RangeError for negative numbers
 */
export const percentInSteps = (amountMinor: bigint, basisPoints: number, currency: string): bigint => {
  const step = chargeStep(currency);
  if (amountMinor % step !== 0n) return percentOf(amountMinor, basisPoints);
  return percentOf(amountMinor / step, basisPoints) * step;
};
