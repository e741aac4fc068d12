import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { createLane } from '../../src/platform/lane.ts';

test('takes as much as may run and wait, refuses the rest at once, and is free again afterwards', async () => {
  const bounds = fc.record({ atOnce: fc.integer({ min: 1, max: 3 }), waiting: fc.integer({ min: 0, max: 5 }) });
  await fc.assert(
    fc.asyncProperty(bounds, fc.integer({ min: 0, max: 20 }), async ({ atOnce, waiting }, comers) => {
      const lane = createLane({ atOnce, waiting });
      let finish = (): void => {};
      const gate = new Promise<void>((resolve) => {
        finish = resolve;
      });
      let running = 0;
      let most = 0;
      const work = async (): Promise<string> => {
        running += 1;
        most = Math.max(most, running);
        await gate;
        running -= 1;
        return 'done';
      };
      const refusals: unknown[] = [];
      const answers = Array.from({ length: comers }, () =>
        lane.take(work).catch((error: unknown) => {
          refusals.push(error);
          return 'refused';
        }),
      );
      const refused = Math.max(0, comers - atOnce - waiting);
      // These are answered while all that was taken is still being done.
      await new Promise((resolve) => setImmediate(resolve));
      expect(refusals).toHaveLength(refused);
      for (const error of refusals) {
        expect(error).toBeInstanceOf(AppError);
        expect(error).toMatchObject({ code: 'OVERLOADED', details: { retryAfterMs: expect.any(Number) } });
      }
      finish();
      expect(await Promise.all(answers)).toEqual([
        ...Array(comers - refused).fill('done'),
        ...Array(refused).fill('refused'),
      ]);
      expect(most).toBe(Math.min(atOnce, comers));
      const again = Array.from({ length: atOnce + waiting }, () => lane.take(async () => 'again'));
      expect(await Promise.all(again)).toEqual(Array(atOnce + waiting).fill('again'));
    }),
  );
});

test('what fails makes room as well', async () => {
  const lane = createLane({ atOnce: 1, waiting: 0 });
  const failing = () => lane.take(() => Promise.reject(new Error('no')));
  for (let round = 0; round < 3; round += 1) await expect(failing()).rejects.toThrow('no');
  expect(await lane.take(async () => 'free')).toBe('free');
});
