import { readable } from '../../load/report/table.ts';

/** The middle one of the values, the mean of both middle ones of an even number; undefined of none. */
export function median(values: number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined || sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/** A median with its range: `18.2 (17.9–20.1)`; the range is left out of a single value. */
export function spread(values: number[]): string {
  const middle = median(values);
  if (middle === undefined) return '–';
  if (values.length === 1) return readable(middle);
  return `${readable(middle)} (${readable(Math.min(...values))}–${readable(Math.max(...values))})`;
}

export const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
