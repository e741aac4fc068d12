import { percentOf, percentWithin } from '../money/basis-points.rules.ts';

/** A tax as `tax_rates` has it. */
export interface TaxRate {
  id: string;
  name: string;
  /** Hundredths of a percent. */
  rateBasisPoints: number;
  /** Contained in the price shown; else added to it. */
  isInclusive: boolean;
}

/**
 * Parts a price into what is the seller's and what is the state's, halves of a minor unit rounded up in the tax.
 * @param priceMinor as shown, after discounts
 */
export const taxOn = (rate: TaxRate | null, priceMinor: bigint): { netMinor: bigint; taxMinor: bigint } => {
  if (rate === null) return { netMinor: priceMinor, taxMinor: 0n };
  if (!rate.isInclusive) return { netMinor: priceMinor, taxMinor: percentOf(priceMinor, rate.rateBasisPoints) };
  const taxMinor = percentWithin(priceMinor, rate.rateBasisPoints);
  return { netMinor: priceMinor - taxMinor, taxMinor };
};
