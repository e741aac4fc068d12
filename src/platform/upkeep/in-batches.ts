/** How much of a job one turn may do. */
export interface Bounds {
  /** Rows of one batch: a batch that is not full was the last. */
  batch: number;
  /** No batch begins later than this after the first one. */
  forMs: number;
}

/** Repeats a batch until one is not full or the time is up; the rest is for the next turn. @returns rows in all */
export const inBatches = async (run: (limit: number) => Promise<number>, { batch, forMs }: Bounds): Promise<number> => {
  const endsAtMs = performance.now() + forMs;
  let total = 0;
  for (;;) {
    const count = await run(batch);
    total += count;
    if (count < batch || performance.now() >= endsAtMs) return total;
  }
};
