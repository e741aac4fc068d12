import { afterEach, expect, test } from 'vitest';
import { keepPace, nextLimit, type Pace } from '../../src/workers/pace.ts';
import { until } from '../support/until.ts';

let pace: Pace | undefined;
afterEach(() => pace?.stop());

test('halves what runs at once while timers come late, down to two, and lets it grow again once they do not', () => {
  const limits = [64];
  const note = (lateMs: number) => limits.push(nextLimit(limits.at(-1) ?? 0, lateMs));
  for (let looks = 0; looks < 7; looks += 1) note(150);
  expect(limits.splice(0)).toEqual([64, 32, 16, 8, 4, 2, 2, 2]);
  limits.push(2);
  note(70);
  expect(limits.at(-1)).toBe(2);
  for (let looks = 0; looks < 20; looks += 1) note(5);
  expect(limits).toEqual(limits.toSorted((a, b) => a - b));
  expect(limits.at(-1)).toBe(64);
});

/** Keeps the event loop from turning. */
const stand = (ms: number): void => {
  for (const untilMs = performance.now() + ms; performance.now() < untilMs; );
};

test('a process whose event loop stands still does less at once', async () => {
  const kept = keepPace();
  pace = kept;
  expect(kept.atMost(16)).toBe(16);
  await until(
    () => {
      stand(250);
      return kept.atMost(16) < 16;
    },
    { withinMs: 20_000 },
  );
  expect(kept.atMost(3)).toBe(3);
});
