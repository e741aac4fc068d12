import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTurns } from '../../src/platform/turns.ts';

test('never runs more at once than allowed, begins in order, and survives failures', async () => {
  const work = fc.array(fc.record({ ticks: fc.integer({ min: 1, max: 4 }), fails: fc.boolean() }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 4 }), work, async (atOnce, pieces) => {
      const { take: inTurn } = createTurns(() => atOnce);
      const begun: number[] = [];
      let running = 0;
      let most = 0;
      const piece = async (index: number, { ticks, fails }: { ticks: number; fails: boolean }) => {
        begun.push(index);
        running += 1;
        most = Math.max(most, running);
        for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
        running -= 1;
        if (fails) throw new Error(`piece ${index}`);
        return index;
      };
      const results = await Promise.allSettled(pieces.map((one, index) => inTurn(() => piece(index, one))));
      expect(most).toBe(Math.min(atOnce, pieces.length));
      expect(begun).toEqual(pieces.map((_, index) => index));
      expect(results.map(({ status }) => status === 'rejected')).toEqual(pieces.map(({ fails }) => fails));
      expect(await inTurn(async () => 'free again')).toBe('free again');
    }),
  );
});
