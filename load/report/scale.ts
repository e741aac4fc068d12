/** An axis from `low` to `high`, with the values that get a line and a number. */
export interface Scale {
  isLog: boolean;
  ticks: number[];
  /** Where a value lies on the axis, 0 at its low end and 1 at its high end; values beyond are put at the end. */
  place: (value: number) => number;
}

/** Beyond this ratio of the largest value to the smallest a linear axis hides the small ones. */
const LOG_FROM = 100;
const STEPS = [1, 2, 2.5, 5, 10];
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];

/** An axis for values that spreads decades evenly when they span more than two, and starts at 0 otherwise. */
export function scaleFor(values: readonly number[], mayBeLog: boolean): Scale {
  const high = largest(values);
  const positive = values.filter((value) => value > 0);
  const low = positive.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
  return mayBeLog && high / low > LOG_FROM ? logScale(low, high) : linearScale(high);
}

/** Round moments of a run, in s, at most `most` of them and 0. */
export function timeTicks(seconds: number, most: number): number[] {
  const step =
    TIME_STEPS.find((candidate) => seconds / candidate <= most) ?? Math.ceil(seconds / most / 86_400) * 86_400;
  return Array.from({ length: Math.floor(seconds / step) + 1 }, (_, index) => index * step);
}

/** The largest value, at least 0, of lists of any length. */
export const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

function linearScale(high: number): Scale {
  const top = high > 0 ? high : 1;
  const magnitude = 10 ** Math.floor(Math.log10(top / 4));
  const step = magnitude * (STEPS.find((candidate) => top / (candidate * magnitude) <= 5) ?? 10);
  const count = Math.ceil(top / step - 1e-9);
  // Rounded, for 3 × 0.1 is not 0.3.
  const ticks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { isLog: false, ticks, place: (value) => within(value / (count * step)) };
}

function logScale(low: number, high: number): Scale {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high) - 1e-9);
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => Number((10 ** (first + index)).toPrecision(12)));
  const place = (value: number) => (value <= 0 ? 0 : within((Math.log10(value) - first) / (last - first)));
  return { isLog: true, ticks, place };
}

const within = (share: number): number => Math.min(1, Math.max(0, share));
