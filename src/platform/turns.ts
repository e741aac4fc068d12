export interface Turns {
  /** Does the work when its turn has come. */
  take: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Begins what may run now; to be called when the limit has risen. */
  admit: () => void;
}

/**
 * Lets at most `limit()` pieces of work run at a time; the others wait in the order they came. The wait has no bound of
 * its own: callers are bounded by how much of a queue a worker takes at once.
 */
export const createTurns = (limit: () => number): Turns => {
  const waiting: (() => void)[] = [];
  let running = 0;
  const admit = (): void => {
    while (waiting.length > 0 && running < limit()) {
      running += 1;
      waiting.shift()?.();
    }
  };
  return {
    admit,
    take: async (work) => {
      await new Promise<void>((begin) => {
        waiting.push(begin);
        admit();
      });
      try {
        return await work();
      } finally {
        running -= 1;
        admit();
      }
    },
  };
};
