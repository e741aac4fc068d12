import { endOf, type Plan, type Step } from './plan.ts';

/** Traffic that is left before the first step and after the last, when a plan is shortened. */
const QUIET_MS = 4_000;
/** A step is not made shorter than this. */
const SHORTEST_MS = 500;

/** How plans are tried out. */
export interface Trying {
  /** Plays a plan. @returns whether it still finds what was found */
  isFailing: (plan: Plan) => Promise<boolean>;
  /** Whether the time for shrinking is over; asked before each play. */
  isOver: () => boolean;
}

interface Trial extends Trying {
  /** The smallest plan that was seen to fail. */
  best: Plan;
}

/** @returns whether it fails, and is now the best; null when there is no time to find out */
const attempt = async (trial: Trial, plan: Plan): Promise<boolean | null> => {
  if (trial.isOver()) return null;
  const failed = await trial.isFailing(plan);
  if (failed) trial.best = plan;
  return failed;
};

/** Without the time that has become empty at both ends. */
const trimmed = (plan: Plan, steps: readonly Step[]): Plan => {
  const first = steps[0];
  if (first === undefined) return { ...plan, steps: [] };
  const earlierMs = Math.max(0, first.atMs - QUIET_MS);
  const moved = steps.map((step) => ({ ...step, atMs: step.atMs - earlierMs }));
  const endMs = Math.max(...moved.map(endOf)) + QUIET_MS;
  return { ...plan, seconds: Math.min(plan.seconds, Math.ceil(endMs / 1_000)), steps: moved };
};

const chunksOf = (steps: readonly Step[], count: number): Step[][] => {
  const size = Math.ceil(steps.length / count);
  return Array.from({ length: Math.ceil(steps.length / size) }, (_, place) =>
    steps.slice(place * size, (place + 1) * size),
  );
};

/**
 * Drops steps: first all, then halves, quarters and so on, down to single ones, by Zeller and Hildebrandt, "Simplifying
 * and Isolating Failure-Inducing Input" (2002).
 */
const dropSteps = async (trial: Trial): Promise<void> => {
  if (trial.best.steps.length === 0) return;
  // A fault of the product that needs no fault of its surroundings is common, and soon seen.
  if ((await attempt(trial, trimmed(trial.best, []))) !== false) return;
  let count = 2;
  while (trial.best.steps.length >= 2) {
    const { best } = trial;
    const chunks = chunksOf(best.steps, Math.min(count, best.steps.length));
    const smaller = chunks.map((chunk) => best.steps.filter((step) => !chunk.includes(step)));
    const found = await firstFailing(trial, smaller);
    if (found === null) return;
    if (found) count = Math.max(2, chunks.length - 1);
    else if (chunks.length >= best.steps.length) return;
    else count = chunks.length * 2;
  }
};

const firstFailing = async (trial: Trial, candidates: readonly (readonly Step[])[]): Promise<boolean | null> => {
  const from = trial.best;
  for (const steps of candidates) {
    const failed = await attempt(trial, trimmed(from, steps));
    if (failed !== false) return failed;
  }
  return false;
};

/** Halves what is left of each step as long as the plan fails. */
const shortenSteps = async (trial: Trial): Promise<void> => {
  for (let place = 0; place < trial.best.steps.length; place += 1) {
    for (;;) {
      const { best } = trial;
      const lastsMs = Math.floor((best.steps[place]?.lastsMs ?? 0) / 2);
      if (lastsMs < SHORTEST_MS) break;
      const steps = best.steps.map((step, at) => (at === place ? { ...step, lastsMs } : step));
      const failed = await attempt(trial, trimmed(best, steps));
      if (failed === null) return;
      if (!failed) break;
    }
  }
};

/** Halves the traffic of a plan without steps; that of others ends with the last step. */
const shortenTraffic = async (trial: Trial): Promise<void> => {
  const { best } = trial;
  const leastSeconds = (QUIET_MS * 2) / 1_000;
  const shorter = best.steps.length > 0 ? trimmed(best, best.steps) : { ...best, seconds: Math.ceil(best.seconds / 2) };
  if (shorter.seconds >= best.seconds || shorter.seconds < leastSeconds) return;
  if (await attempt(trial, shorter)) await shortenTraffic(trial);
};

/**
 * Makes a plan that fails smaller: drops steps, shortens those that are left, and cuts the traffic after them, as long
 * as it still fails and there is time.
 * @returns the smallest plan that was seen to fail: the given one when no smaller did
 */
export const shrink = async (failing: Plan, trying: Trying): Promise<Plan> => {
  const trial: Trial = { ...trying, best: failing };
  await dropSteps(trial);
  await shortenSteps(trial);
  await shortenTraffic(trial);
  return trial.best;
};
