/** About as long as a small photograph takes; what is too early is told again. */
const APART_MS = 300;
const MAX_MS = 5 * 60_000;

/**
 * Tells what finds a worker full when to come back: one after the other, about as fast as the worker works, so that a
 * thousand that wait are not asked for every second.
 */
export const createPace = (nowMs: () => number = () => performance.now()) => {
  let lastMs = 0;
  return (): number => {
    const now = nowMs();
    lastMs = Math.min(Math.max(lastMs, now) + APART_MS, now + MAX_MS);
    return Math.ceil(lastMs - now);
  };
};
