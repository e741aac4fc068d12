import { chargeStep } from '../money/step.rules.ts';
import { type TaxRate, taxOn } from './rate.rules.ts';

/** A price with its tax, as one ticket at this price is charged without discount or fee; minor units. */
export const withTax = (rate: TaxRate | null, priceMinor: bigint, currency: string): bigint => {
  const step = priceMinor % chargeStep(currency) === 0n ? chargeStep(currency) : 1n;
  const { netMinor, taxMinor } = taxOn(rate, priceMinor / step);
  return (netMinor + taxMinor) * step;
};
