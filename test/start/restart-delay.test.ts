import fc from 'fast-check';
import { expect, test } from 'vitest';
import { restartDelayMs } from '../../src/start/restart-delay.ts';

test('starts again at once, then after 0.2 s, doubling to 5 s', () => {
  const delays: number[] = [];
  for (let life = 0; life < 8; life += 1) delays.push(restartDelayMs({ livedMs: 50, waitedMs: delays.at(-1) }));
  expect(delays).toEqual([0, 200, 400, 800, 1600, 3200, 5000, 5000]);
});

test('begins anew after ten seconds of life, and never waits longer than 5 s', () => {
  fc.assert(
    fc.property(fc.nat(60_000), fc.option(fc.nat(5_000), { nil: undefined }), (livedMs, waitedMs) => {
      const delay = restartDelayMs({ livedMs, waitedMs });
      expect(delay).toBeLessThanOrEqual(5_000);
      if (livedMs >= 10_000) expect(delay).toBe(0);
      else expect(delay).toBeGreaterThanOrEqual(Math.min(waitedMs ?? 0, 5_000));
    }),
  );
});
