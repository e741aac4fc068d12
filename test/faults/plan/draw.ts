import { createRandom, type Random } from '../checkouts/random.ts';
import { areApart } from './conflicts.ts';
import type { FaultName, ScenarioName } from './names.ts';
import { endOf, type Plan, type Step } from './plan.ts';
import { type Shape, targetsOf } from './shape.ts';

/** From what a plan is drawn. */
export interface Wish {
  seed: number;
  scenario: ScenarioName;
  faults: readonly FaultName[];
  seconds: number;
  shape: Shape;
}

/** Traffic before the first step. */
const LEAD_MS = 3_000;
/** Traffic after the last step. */
const TAIL_MS = 4_000;
/** Between two steps that cannot be at the same time: what was killed needs a moment to start. */
const APART_MS = 4_000;
/** More at the same time would leave nothing that works. */
const AT_ONCE = 3;
/** A long plan has a step for so much of its time. */
const A_STEP_MS = 9_000;
/** A step lasts at most this part of the time, unless the shortest of its kind is longer. */
const MOST_SHARE = 5;
const ATTEMPTS = 60;
/** Times are drawn and looked for in steps of this. */
const GRAIN_MS = 100;

/** How long each fault lasts, from and to, in ms. */
const LENGTHS: Readonly<Record<FaultName, readonly [number, number]>> = {
  'kill-node': [500, 4_000],
  'kill-worker': [500, 4_000],
  // A worker's lease on what it stores is good for 6 s.
  'pause-worker': [4_000, 12_000],
  'kill-redis': [500, 3_000],
  'empty-redis': [500, 2_000],
  'redis-full': [4_000, 9_000],
  'kill-postgres': [500, 4_000],
  'postgres-read-only': [3_000, 9_000],
  'cut-links': [2_000, 8_000],
  'slow-links': [3_000, 12_000],
  'skew-clock': [6_000, 12_000],
  'postgres-away': [60_000, 120_000],
  'disk-full': [10_000, 20_000],
};

const between = (random: Random, least: number, most: number): number =>
  least + random.below(Math.floor((most - least) / GRAIN_MS) + 1) * GRAIN_MS;

const overlaps = (one: Step, other: Step, marginMs: number): boolean =>
  one.atMs < endOf(other) + marginMs && other.atMs < endOf(one) + marginMs;

const fits = (step: Step, placed: readonly Step[]): boolean =>
  placed.filter((other) => overlaps(step, other, 0)).length < AT_ONCE &&
  !placed.some((other) => areApart(step, other) && overlaps(step, other, APART_MS));

const drawStep = (random: Random, fault: FaultName, { seconds, shape }: Wish): Step | null => {
  const [least, most] = LENGTHS[fault];
  const roomMs = seconds * 1_000 - LEAD_MS - TAIL_MS;
  if (roomMs < least) return null;
  const targets = targetsOf(fault, shape);
  const lastsMs = between(random, least, Math.max(least, Math.min(most, roomMs / MOST_SHARE)));
  const atMs = between(random, LEAD_MS, LEAD_MS + roomMs - lastsMs);
  const target = targets[random.below(targets.length)] ?? '';
  return { atMs, fault, target, lastsMs, ...(fault === 'cut-links' && random.chance(40) ? { isHalfOpen: true } : {}) };
};

/** The earliest time at which the shortest such step still fits. */
const squeezeIn = (step: Step, placed: readonly Step[], { seconds }: Wish): Step | null => {
  const [lastsMs] = LENGTHS[step.fault];
  for (let atMs = LEAD_MS; atMs + lastsMs <= seconds * 1_000 - TAIL_MS; atMs += GRAIN_MS) {
    const early = { ...step, atMs, lastsMs };
    if (fits(early, placed)) return early;
  }
  return null;
};

const drawFitting = (random: Random, fault: FaultName, wish: Wish, placed: readonly Step[]): Step | null => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const step = drawStep(random, fault, wish);
    if (step !== null && fits(step, placed)) return step;
  }
  return null;
};

const mustDraw = (random: Random, fault: FaultName, wish: Wish, placed: readonly Step[]): Step => {
  const step = drawStep(random, fault, wish);
  const found = drawFitting(random, fault, wish, placed) ?? (step && squeezeIn(step, placed, wish));
  if (found) return found;
  throw new Error(`${wish.seconds} seconds have no room for ${fault} beside the other faults`);
};

const shuffled = <T>(all: readonly T[], random: Random): T[] => {
  const left = [...all];
  return all.flatMap(() => left.splice(random.below(left.length), 1));
};

/**
 * Draws a plan: each fault at least once, more of them in a long plan, none at the same time as another that cannot be.
 * The same wish gives the same plan.
 * @throws Error when there is no room for a fault
 */
export const drawPlan = (wish: Wish): Plan => {
  const { seed, scenario, seconds, faults } = wish;
  const random = createRandom(seed);
  const placed: Step[] = [];
  // The longest first: they find room only while there is some.
  const byLength = shuffled(faults, random).sort((one, other) => LENGTHS[other][0] - LENGTHS[one][0]);
  for (const fault of byLength) placed.push(mustDraw(random, fault, wish, placed));
  const wanted = Math.floor((seconds * 1_000 - LEAD_MS - TAIL_MS) / A_STEP_MS);
  for (let more = faults.length; more < wanted; more += 1) {
    const fault = faults[random.below(faults.length)];
    const step = fault && drawFitting(random, fault, wish, placed);
    if (step) placed.push(step);
  }
  return { seed, scenario, seconds, steps: placed.sort((one, other) => one.atMs - other.atMs) };
};
