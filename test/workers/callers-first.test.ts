import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCallersFirst } from '../../src/workers/callers-first.ts';

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that ends when it is told to. */
const work = () => {
  let end: () => void = () => undefined;
  let begun = false;
  const promise = new Promise<void>((resolve) => {
    end = resolve;
  });
  const run = (): Promise<void> => {
    begun = true;
    return promise;
  };
  return { run, end: () => end(), hasBegun: () => begun };
};

test('while calls are decided few others run, and all of them once there are none', async () => {
  const turns = createCallersFirst({ atMost: (most) => most });
  const call = work();
  const others = Array.from({ length: 10 }, work);
  const decided = turns.call(call.run);
  const done = others.map(({ run }) => turns.later(run));
  await settled();
  expect(others.filter(({ hasBegun }) => hasBegun())).toHaveLength(3);
  others[0]?.end();
  await done[0];
  await settled();
  expect(others.filter(({ hasBegun }) => hasBegun())).toHaveLength(4);
  call.end();
  await decided;
  await settled();
  expect(others.every(({ hasBegun }) => hasBegun())).toBe(true);
  for (const { end } of others) end();
  await Promise.all(done);
});

test('whatever fails, everything has its turn, in the order in which it came', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.record({ isCall: fc.boolean(), fails: fc.boolean() })), async (list) => {
      const turns = createCallersFirst({ atMost: (most) => most });
      const begun: number[] = [];
      const outcomes = await Promise.allSettled(
        list.map(({ isCall, fails }, place) =>
          (isCall ? turns.call : turns.later)(async () => {
            if (!isCall) begun.push(place);
            await settled();
            if (fails) throw new Error('no');
          }),
        ),
      );
      expect(outcomes.map(({ status }) => status === 'rejected')).toEqual(list.map(({ fails }) => fails));
      expect(begun).toEqual(begun.toSorted((a, b) => a - b));
    }),
    { numRuns: 50 },
  );
});
