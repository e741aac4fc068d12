interface Entry {
  dueAt: number;
  run: (dueAt: number) => void;
}

/** Runs things when they are due, in the order in which they are. Times are of `performance.now()`. */
export interface Schedule {
  add: (dueAt: number, run: (dueAt: number) => void) => void;
  /** Runs what is due. @returns how late the latest of it was, in milliseconds */
  runDue: (now: number) => number;
  size: () => number;
}

/** A binary heap: thousands of users have one entry each. */
export const createSchedule = (): Schedule => {
  const heap: Entry[] = [];
  const dueOf = (at: number): number => heap[at]?.dueAt ?? Number.POSITIVE_INFINITY;
  const swap = (a: number, b: number): void => {
    // Safe: both lie inside.
    [heap[a], heap[b]] = [heap[b] as Entry, heap[a] as Entry];
  };
  const rise = (from: number): void => {
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1;
      if (dueOf(parent) <= dueOf(at)) return;
      swap(parent, at);
      at = parent;
    }
  };
  const sink = (): void => {
    for (let at = 0; ; ) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const least = dueOf(right) < dueOf(left) ? right : left;
      if (dueOf(least) >= dueOf(at)) return;
      swap(at, least);
      at = least;
    }
  };
  const takeFirst = (): Entry => {
    const first = heap[0] as Entry;
    const last = heap.pop() as Entry;
    if (heap.length > 0) {
      heap[0] = last;
      sink();
    }
    return first;
  };
  return {
    add: (dueAt, run) => {
      heap.push({ dueAt, run });
      rise(heap.length - 1);
    },
    runDue: (now) => {
      const latestMs = heap.length === 0 ? 0 : Math.max(0, now - dueOf(0));
      while (dueOf(0) <= now) {
        const { dueAt, run } = takeFirst();
        run(dueAt);
      }
      return latestMs;
    },
    size: () => heap.length,
  };
};
