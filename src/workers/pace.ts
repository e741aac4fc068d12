/** Pieces of work of one kind that run at once at most, however idle the worker is. */
const MOST = 64;
const FEWEST = 2;
const LOOK_MS = 100;
/** Looks between two decisions: what has begun must end before fewer at once can show. */
const LOOKS = 5;
/** A transaction is some twenty turns of the event loop and may take 4 s. */
const TOO_LATE_MS = 100;
const IN_TIME_MS = 40;

/** How much a worker does at once. */
export interface Pace {
  /** The number given, or less while the worker does not keep up. */
  atMost: (most: number) => number;
  stop: () => void;
}

/** How many may run at once next, when timers came so late with `limit` at once. */
export const nextLimit = (limit: number, lateMs: number): number => {
  if (lateMs > TOO_LATE_MS) return Math.max(FEWEST, Math.floor(limit / 2));
  return lateMs < IN_TIME_MS ? Math.min(MOST, Math.ceil(limit * 1.25)) : limit;
};

/**
 * Does less at once while the event loop turns slowly. Transactions that run at once share the processor: where that is too
 * slow for all of them, all would run out of their time and be rolled back, and nobody would be served, for as long as
 * callers repeat their calls. A few at a time, each is done in time.
 */
export const keepPace = (): Pace => {
  let limit = MOST;
  let lates: number[] = [];
  let lookedAtMs = performance.now();
  const look = (): void => {
    const nowMs = performance.now();
    lates.push(nowMs - lookedAtMs - LOOK_MS);
    lookedAtMs = nowMs;
    if (lates.length < LOOKS) return;
    limit = nextLimit(limit, lates.reduce((sum, late) => sum + late, 0) / lates.length);
    lates = [];
  };
  const looking = setInterval(look, LOOK_MS).unref();
  return { atMost: (most) => Math.min(most, limit), stop: () => clearInterval(looking) };
};
