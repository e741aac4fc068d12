import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawPlot, type Plot } from '../../../load/report/plot.ts';
import { scaleFor, timeTicks } from '../../../load/report/scale.ts';

const amount = fc.double({ min: 0, max: 1e9, noNaN: true }).map((value) => (value < 1e-6 ? 0 : value));
const amounts = fc.array(amount, { minLength: 1, maxLength: 30 });

test('an axis holds all values in their order, with a few rising ticks from end to end', () => {
  fc.assert(
    fc.property(amounts, fc.boolean(), (values, mayBeLog) => {
      const { ticks, place, isLog } = scaleFor(values, mayBeLog);
      expect(place(ticks[0] ?? Number.NaN)).toBeCloseTo(0, 9);
      expect(place(ticks.at(-1) ?? Number.NaN)).toBeCloseTo(1, 9);
      expect(ticks).toEqual([...new Set(ticks)].sort((a, b) => a - b));
      if (!isLog) expect(ticks.length).toBeLessThanOrEqual(6);
      const sorted = [...values].sort((a, b) => a - b);
      const placed = sorted.map(place);
      expect(placed).toEqual([...placed].sort((a, b) => a - b));
      expect(Math.max(...values)).toBeLessThanOrEqual((ticks.at(-1) ?? 0) * (1 + 1e-9) || 1);
    }),
    { numRuns: 1000 },
  );
});

test('an axis is logarithmic where values span more than two decades and it may be', () => {
  expect(scaleFor([1, 100], true).isLog).toBe(false);
  expect(scaleFor([0, 1, 101], true)).toMatchObject({ isLog: true, ticks: [1, 10, 100, 1_000] });
  expect(scaleFor([1, 101], false).isLog).toBe(false);
  expect(scaleFor([0.3], false).ticks).toEqual([0, 0.1, 0.2, 0.3]);
});

test('times are marked at round moments', () => {
  expect(timeTicks(180, 5)).toEqual([0, 60, 120, 180]);
  expect(timeTicks(7, 5)).toEqual([0, 2, 4, 6]);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (seconds) => {
      expect(timeTicks(seconds, 5).length).toBeLessThanOrEqual(6);
    }),
  );
});

const plot = (values: (number | null)[], changes: Partial<Plot> = {}): Plot => ({
  ...{ title: 'Rate', unit: '1/s', unitInWords: 'per second', rampSeconds: 0, mayBeLog: false },
  ...{ seconds: values.map((_, index) => index), lines: [{ name: 'sent', values }] },
  ...changes,
});

const pathIn = (values: (number | null)[]) =>
  /class="line look-0" d="([^"]*)"\/><\/svg>\s*<div class="xs"/.exec(drawPlot(plot(values))?.markup ?? '')?.[1] ?? '';

test('a line breaks where nothing was measured', () => {
  expect(pathIn([4, 4, null, 4, null])).toBe('M0 0h0L250 0M750 0h0');
});

test('a long line keeps its peaks and is no longer than a screen is wide', () => {
  const values = Array.from({ length: 40_000 }, (_, index) => (index === 23_456 ? 1_000 : 1));
  const path = pathIn(values);
  expect(path.match(/[ML]/g)?.length).toBeLessThanOrEqual(1_300);
  expect(path).toMatch(/ 0(?=[Lh])/);
});

test('without any value there is no plot, and of zeros alone a sentence', () => {
  expect(drawPlot(plot([null, null]))).toBeNull();
  expect(drawPlot(plot([]))).toBeNull();
  expect(drawPlot(plot([0, null, 0]))?.markup).toContain('Zero in every second');
});
