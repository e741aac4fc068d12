import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Histogram } from '../../../load/generator/histogram.ts';

function filled(values: number[]): Histogram {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram;
}

test('gives every percentile within 4 % above the true one and never below it', () => {
  const milliseconds = fc.integer({ min: 0, max: 60_000_000 }).map((micros) => micros / 1000);
  const fraction = fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1);
  fc.assert(
    fc.property(fc.array(milliseconds, { minLength: 1 }), fraction, (values, part) => {
      const sorted = [...values].sort((a, b) => a - b);
      const exact = sorted[Math.ceil(sorted.length * part) - 1] ?? 0;
      const given = filled(values).percentile(part);
      expect(given).toBeGreaterThanOrEqual(exact - 1e-9);
      expect(given).toBeLessThanOrEqual(exact * 1.04 + 0.001);
    }),
  );
});

test('answers 0 without samples and takes the extremes', () => {
  expect(new Histogram().percentile(0.99)).toBe(0);
  expect(filled([-5]).percentile(0.5)).toBe(0);
  expect(filled([1e12]).percentile(0.5)).toBeGreaterThan(2_000_000);
});

test('starts over when cleared', () => {
  const histogram = filled([900, 900]);
  histogram.clear();
  histogram.record(1);
  expect(histogram.count).toBe(1);
  expect(histogram.percentile(1)).toBeLessThan(1.1);
});
