/**
 * Lets at most `atOnce` pieces of work run at a time; the others wait in the order they came. The wait has no bound of
 * its own: callers are bounded by how many operations a worker runs at once.
 */
export const takeTurns = (atOnce: number) => {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running < atOnce) running += 1;
    else await new Promise<void>((begin) => waiting.push(begin));
    try {
      return await work();
    } finally {
      // A turn is handed on, so `running` falls only when nobody waits.
      const begin = waiting.shift();
      if (begin) begin();
      else running -= 1;
    }
  };
};
