import { expect, test } from 'vitest';
import { median, spread } from '../../../bench/report/spread.ts';
import { layOut, percent, ratio, readable } from '../../../load/report/table.ts';

test('takes medians of odd, even and no values', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
  expect(median([])).toBeUndefined();
});

test('writes figures with their range', () => {
  expect(spread([18.24, 17, 20])).toBe('18.2 (17–20)');
  expect(spread([1234.5])).toBe('1,235');
  expect(spread([])).toBe('–');
  expect(readable(0.0123)).toBe('0.0123');
  expect(percent(0.456)).toBe('46 %');
});

test('compares figures, and says when there is nothing to compare', () => {
  expect(ratio(12, 10)).toBe('1.2 ×');
  expect(ratio(undefined, 10)).toBe('–');
  expect(ratio(12, 0)).toBe('–');
});

test('lays out columns as wide as their widest cell', () => {
  expect(layOut(['a', 'long'], [['123', 'x']])).toBe('  a  long\n---  ----\n123     x');
});
