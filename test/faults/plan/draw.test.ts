import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areApart } from './conflicts.ts';
import { drawPlan, type Wish } from './draw.ts';
import { DRAWN_FAULTS, FAULT_NAMES, type FaultName } from './names.ts';
import { endOf, type Plan, parsePlan, type Step } from './plan.ts';
import { SHAPE, targetsOf } from './shape.ts';

const wish = (given: Partial<Wish>): Wish => ({
  seed: 1,
  scenario: 'mixed',
  faults: DRAWN_FAULTS,
  seconds: 180,
  shape: SHAPE,
  ...given,
});

const seeds = fc.nat({ max: 1_000_000 });
const someFaults = fc.subarray([...FAULT_NAMES], { minLength: 1 });
/** Long enough for all of them, one after the other. */
const longEnough = (faults: readonly FaultName[]): number => 90 + faults.length * 30;

const overlapping = ({ steps }: Plan): [Step, Step][] =>
  steps.flatMap((one, place) =>
    steps.slice(place + 1).flatMap((other): [Step, Step][] => (other.atMs < endOf(one) ? [[one, other]] : [])),
  );

test('the same wish gives the same plan, and what is written can be read', () => {
  fc.assert(
    fc.property(seeds, someFaults, (seed, faults) => {
      const drawn = drawPlan(wish({ seed, faults, seconds: longEnough(faults) }));
      expect(drawPlan(wish({ seed, faults, seconds: longEnough(faults) }))).toEqual(drawn);
      expect(parsePlan(JSON.stringify(drawn))).toEqual(drawn);
    }),
  );
});

test('every fault happens, to what it can happen to, and all is over before the traffic is', () => {
  fc.assert(
    fc.property(seeds, someFaults, (seed, faults) => {
      const { steps, seconds } = drawPlan(wish({ seed, faults, seconds: longEnough(faults) }));
      expect(new Set(steps.map(({ fault }) => fault))).toEqual(new Set(faults));
      for (const step of steps) {
        expect(targetsOf(step.fault, SHAPE)).toContain(step.target);
        expect(step.atMs).toBeGreaterThan(0);
        expect(endOf(step)).toBeLessThan(seconds * 1_000);
      }
      expect(steps.map(({ atMs }) => atMs)).toEqual(steps.map(({ atMs }) => atMs).sort((a, b) => a - b));
    }),
  );
});

test('what cannot be at the same time is kept apart, and what can is not', () => {
  let together = 0;
  fc.assert(
    fc.property(seeds, (seed) => {
      const pairs = overlapping(drawPlan(wish({ seed })));
      expect(pairs.filter(([one, other]) => areApart(one, other))).toEqual([]);
      together += pairs.length;
    }),
  );
  expect(together).toBeGreaterThan(100);
});

test.each([
  [{ fault: 'kill-postgres', target: 'postgres' }, { fault: 'postgres-read-only', target: 'postgres' }, true],
  [{ fault: 'kill-redis', target: 'redis' }, { fault: 'redis-full', target: 'redis' }, true],
  [{ fault: 'empty-redis', target: 'redis' }, { fault: 'kill-postgres', target: 'postgres' }, true],
  [{ fault: 'redis-full', target: 'redis' }, { fault: 'postgres-read-only', target: 'postgres' }, true],
  [{ fault: 'kill-worker', target: 'worker-1' }, { fault: 'pause-worker', target: 'worker-1' }, true],
  [{ fault: 'kill-worker', target: 'worker-1' }, { fault: 'slow-links', target: 'worker-1>redis' }, true],
  [{ fault: 'cut-links', target: 'node-1>redis' }, { fault: 'slow-links', target: 'node-1>redis' }, true],
  [{ fault: 'kill-worker', target: 'worker-1' }, { fault: 'slow-links', target: 'worker-2>redis' }, false],
  [{ fault: 'cut-links', target: 'node-1>redis' }, { fault: 'slow-links', target: 'node-1>postgres' }, false],
  [{ fault: 'redis-full', target: 'redis' }, { fault: 'slow-links', target: 'node-1>redis' }, false],
  [{ fault: 'kill-node', target: 'node-1' }, { fault: 'kill-node', target: 'node-2' }, false],
] as const)('%o and %o: apart is %s', (one, other, expected) => {
  expect(areApart(one, other)).toBe(expected);
  expect(areApart(other, one)).toBe(expected);
});

test('a plan that is too short for a fault is refused with its name', () => {
  expect(() => drawPlan(wish({ seconds: 10, faults: ['postgres-away'] }))).toThrow(
    '10 seconds have no room for postgres-away beside the other faults',
  );
});

test.each([
  ['{"seed":1}', 'scenario: '],
  [
    '{"seed":1,"scenario":"chat","seconds":5,"steps":[{"atMs":1,"fault":"kill-node","target":"redis","lastsMs":1}]}',
    'steps.0.target: kill-node cannot happen to this target',
  ],
  [
    '{"seed":1,"scenario":"chat","seconds":5,"steps":[{"atMs":1,"fault":"kill-node","target":"node-1","lastsMs":9000}]}',
    'steps: a step ends after the traffic does',
  ],
])('the plan %s is refused with the field', (text, message) => {
  expect(() => parsePlan(text)).toThrow(message);
});
