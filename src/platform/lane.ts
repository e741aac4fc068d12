import { AppError } from '../kernel/errors.ts';
import { createTurns } from './turns.ts';

/** A place for slow work of callers who wait. */
export interface Lane {
  /**
   * Does the work when its turn has come.
   * @throws OVERLOADED at once when as many wait as may
   */
  take: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface LaneBounds {
  /** Pieces of work that run at a time. */
  atOnce: number;
  /** Pieces of work that wait at most; their number times the work's time is how long the last one stands. */
  waiting: number;
}

/** `createTurns` with a bound: what cannot be done soon is refused at once instead of done for nobody. */
export const createLane = ({ atOnce, waiting }: LaneBounds): Lane => {
  const turns = createTurns(() => atOnce);
  let inside = 0;
  return {
    take: async (work) => {
      if (inside >= atOnce + waiting) throw full();
      inside += 1;
      try {
        return await turns.take(work);
      } finally {
        inside -= 1;
      }
    },
  };
};

const full = (): AppError =>
  new AppError('OVERLOADED', 'Too many are waiting for the same; try again in a moment.', { retryAfterMs: 1_000 });
