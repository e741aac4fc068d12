import { describe, expect, test } from 'vitest';
import { AppError } from '../../src/kernel/errors.ts';
import { createBatcher } from '../../src/platform/batcher.ts';
import { until } from '../support/until.ts';

const options = { tickMs: 200, maxPerRoom: 5, maxWaiting: 8 };

/** A batcher that doubles numbers, refuses 13, and notes its batches; each waits until it is let go. */
const doubling = ({ held = false } = {}) => {
  const batches: { room: string; items: number[]; atMs: number }[] = [];
  const letGo: (() => void)[] = [];
  const submit = createBatcher({
    ...options,
    flush: async (room, items: number[]) => {
      batches.push({ room, items, atMs: performance.now() });
      if (held) await new Promise<void>((resolve) => letGo.push(resolve));
      if (items.includes(0)) throw new Error('the whole batch fails');
      return items.map((item) => (item === 13 ? new AppError('CONFLICT', 'unlucky') : item * 2));
    },
  });
  return { batches, letGo, submit };
};

describe('createBatcher', () => {
  test('does not keep the first of a quiet room waiting, and gathers what follows until the tick', async () => {
    const { batches, submit } = doubling();
    expect(await submit('a', 1)).toBe(2);
    expect(await Promise.all([submit('a', 2), submit('a', 3), submit('b', 4)])).toEqual([4, 6, 8]);
    const [first, second, third] = batches;
    expect(batches.map(({ room, items }) => [room, items])).toEqual([
      ['a', [1]],
      ['b', [4]],
      ['a', [2, 3]],
    ]);
    expect((third?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(options.tickMs - 5);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeLessThan(options.tickMs);
  });

  test('begins no batch of a room before the one before has ended', async () => {
    const { batches, letGo, submit } = doubling({ held: true });
    const first = submit('a', 1);
    await until(() => letGo.length === 1);
    const second = submit('a', 2);
    const other = submit('b', 3);
    await until(() => letGo.length === 2);
    letGo[1]?.();
    expect(await other).toBe(6);
    expect(batches.map(({ room }) => room)).toEqual(['a', 'b']);
    letGo[0]?.();
    expect(await first).toBe(2);
    await until(() => letGo.length === 3);
    letGo[2]?.();
    expect(await second).toBe(4);
  });

  test('gives every item its own failure, and all of a batch the failure of the whole', async () => {
    const { submit } = doubling();
    const some = await Promise.allSettled([submit('a', 1), submit('a', 13), submit('a', 2)]);
    expect(some.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(some[1]).toMatchObject({ reason: { code: 'CONFLICT' } });
    const all = await Promise.allSettled([submit('b', 0), submit('b', 1)]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await submit('b', 2)).toBe(4);
  });

  test('refuses what would wait beyond the bounds, of a room and of the node, and takes it again later', async () => {
    const { letGo, submit } = doubling({ held: true });
    const running = [submit('a', 1), submit('b', 1)];
    await until(() => letGo.length === 2);
    const waiting = [1, 2, 3, 4, 5].map((item) => submit('a', item));
    await expect(submit('a', 6)).rejects.toMatchObject({ code: 'OVERLOADED', details: { retryAfterMs: 200 } });
    const more = [1, 2, 3].map((item) => submit('b', item));
    await expect(submit('b', 4)).rejects.toMatchObject({ code: 'OVERLOADED' });
    await expect(submit('c', 1)).rejects.toMatchObject({ code: 'OVERLOADED' });
    for (const go of letGo.splice(0)) go();
    await until(() => letGo.length === 2);
    const later = submit('c', 9);
    await until(() => letGo.length === 3);
    for (const go of letGo) go();
    expect(await Promise.all([...running, ...waiting, ...more, later])).toEqual([2, 2, 2, 4, 6, 8, 10, 2, 4, 6, 18]);
  });
});
