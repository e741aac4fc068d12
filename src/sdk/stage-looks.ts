/** Looks at something again, never too often. */
export interface Looks {
  /** Looks at a random time within so many milliseconds; one that is due earlier stands for both. */
  soon: (withinMs?: number) => void;
  stop: () => void;
}

/** Between two looks: `live.get` takes 120 a minute. */
export const APART_MS = 600;

/** @param look must not throw */
export const createLooks = (look: () => Promise<void>): Looks => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAtMs = Number.POSITIVE_INFINITY;
  let lookedAtMs = Number.NEGATIVE_INFINITY;
  const run = (): void => {
    dueAtMs = Number.POSITIVE_INFINITY;
    lookedAtMs = Date.now();
    void look();
  };
  return {
    soon: (withinMs = 0) => {
      const nowMs = Date.now();
      const atMs = Math.max(nowMs + Math.random() * withinMs, lookedAtMs + APART_MS);
      if (atMs >= dueAtMs) return;
      clearTimeout(timer);
      dueAtMs = atMs;
      timer = setTimeout(run, atMs - nowMs);
    },
    stop: () => clearTimeout(timer),
  };
};
