import { expect, test } from 'vitest';
import type { Tick } from '../../load/crowd/messages.ts';
import { correctnessOf, createGathering } from '../../load/gather.ts';
import { Histogram } from '../../load/generator/histogram.ts';
import { noFaults } from '../../load/generator/verifier.ts';

const samplesOf = (values: number[]): number[] => {
  const histogram = new Histogram();
  for (const value of values) histogram.record(value);
  return histogram.sparse();
};

const tickOf = (change: Partial<Tick>): Tick => ({
  ...{ sent: 0, acknowledged: 0, deliveries: 0, connections: 0, opened: 0, lost: 0, missing: 0 },
  ...{ refusals: {}, counts: {}, samples: {}, cpuShare: 0, cpuMicros: 0, latestMs: 0 },
  ...change,
});

test('adds up what processes tell, second by second and in all', () => {
  const gathering = createGathering();
  const fast = Array.from({ length: 99 }, () => 5);
  gathering.take(0, tickOf({ sent: 10, connections: 100, missing: 3, samples: { acknowledgement: samplesOf(fast) } }));
  gathering.take(
    1,
    tickOf({
      sent: 5,
      connections: 50,
      missing: 1,
      samples: { acknowledgement: samplesOf([500]) },
      refusals: { A: 2 },
    }),
  );
  const first = gathering.cut();
  expect(first).toMatchObject({ sent: 15, connections: 150, refused: 2, deliveryP50Ms: null });
  expect(first.acknowledgementP50Ms).toBeCloseTo(5, 0);
  gathering.take(1, tickOf({ sent: 1, connections: 40, missing: 0, refusals: { A: 1 }, latestMs: 7 }));
  expect(gathering.cut()).toMatchObject({ sent: 1, connections: 140, refused: 1, acknowledgementP99Ms: null });
  const { latencies, refusals, missing, latestMs, seconds } = gathering.so();
  expect(latencies.get('acknowledgement')?.count).toBe(100);
  expect(latencies.get('acknowledgement')?.percentile(1)).toBeGreaterThanOrEqual(500);
  expect(Object.fromEntries(refusals)).toEqual({ A: 3 });
  expect({ missing, latestMs, seconds: seconds.length }).toEqual({ missing: 3, latestMs: 7, seconds: 2 });
});

test('counts both kinds of disorder as one, and scenarios’ own faults by name', () => {
  const other = { name: 'chargedWithoutSeat', count: 1, meaning: 'Paid for nothing.' };
  const closings = [
    { faults: { ...noFaults(), lost: 2, disagreed: 1 }, others: [other], notes: [] },
    { faults: { ...noFaults(), inverted: 4 }, others: [other], notes: [] },
  ];
  expect(Object.fromEntries(correctnessOf(closings).map(({ name, count }) => [name, count]))).toEqual({
    ...{ lost: 2, doubled: 0, reordered: 5, damaged: 0, phantom: 0, chargedWithoutSeat: 2 },
  });
});
