import type { PlanInterval } from '../../../generated/prisma/enums.ts';
import { splitByWeights } from '../money/split.rules.ts';
import { addMonths, MONTHS } from './intervals.rules.ts';

/** A month of a paid period, by its end, and what of the price is for it. */
export interface Slice {
  end: Date;
  earnedMinor: bigint;
}

interface PaidPeriod {
  /** Where paid time begins. */
  anchor: Date;
  interval: PlanInterval;
  /** The how-many-eth paid period it is, from 0. */
  place: number;
  /** What was paid for it and has not gone back, without tax. */
  netMinor: bigint;
  /** What became income already, by the end of its month in milliseconds. */
  earned: ReadonlyMap<number, bigint>;
}

/**
 * What became income by now and is not booked yet: what is left of the price, split over the months that are left, those of
 * them that have passed.
 */
export const slicesDue = ({ anchor, interval, place, netMinor, earned }: PaidPeriod, now: Date): Slice[] => {
  const months = MONTHS[interval];
  const ends = Array.from({ length: months }, (_, month) => addMonths(anchor, place * months + month + 1));
  const open = ends.filter((end) => !earned.has(end.getTime()));
  if (open.length === 0) return [];
  const left = ends.reduce((sum, end) => sum - (earned.get(end.getTime()) ?? 0n), netMinor);
  const parts = splitByWeights(
    left > 0n ? left : 0n,
    open.map(() => 1n),
  );
  return open
    .map((end, index) => ({ end, earnedMinor: parts[index] ?? 0n }))
    .filter(({ end, earnedMinor }) => end <= now && earnedMinor > 0n);
};
