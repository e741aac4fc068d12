/** Places for what may be under way at once. */
export interface Places {
  /**
   * Takes a place, at once where one is free.
   * @param goesFirst before all who wait already
   * @returns true at once; else a promise of whether one became free in time
   */
  take: (withinMs: number, goesFirst: boolean) => true | Promise<boolean>;
  /** Gives a place back, to the one who waits first. */
  give: () => void;
}

export const createPlaces = (count: number): Places => {
  const waiting: (() => void)[] = [];
  let free = count;

  const wait = (withinMs: number, goesFirst: boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const begin = (): void => {
        clearTimeout(timer);
        resolve(true);
      };
      const timer = setTimeout(() => {
        waiting.splice(waiting.indexOf(begin), 1);
        resolve(false);
      }, withinMs);
      if (goesFirst) waiting.unshift(begin);
      else waiting.push(begin);
    });

  return {
    take: (withinMs, goesFirst) => {
      if (free === 0) return wait(withinMs, goesFirst);
      free -= 1;
      return true;
    },
    give: () => {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    },
  };
};
