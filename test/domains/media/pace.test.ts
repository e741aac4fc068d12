import { expect, test } from 'vitest';
import { createPace } from '../../../src/domains/media/processing/pace.ts';

test('what comes to a full worker is asked back one after the other, and never later than in five minutes', () => {
  let nowMs = 1_000;
  const pace = createPace(() => nowMs);
  const [first = 0, second = 0, third = 0] = [pace(), pace(), pace()];
  expect(second - first).toBe(first);
  expect(third - second).toBe(first);
  nowMs += third;
  expect(pace()).toBe(first);
  const crowd = Array.from({ length: 10_000 }, () => pace());
  expect(Math.max(...crowd)).toBe(5 * 60_000);
});
