const FIRST_BOUND_MS = 500;
const LAST_BOUND_MS = 15_000;

/**
 * How long to wait before attempt `n`, counted from 0: anywhere in 0 … min(15 s, 0.5 s · 2ⁿ), so that thousands of
 * clients of one lost node come back spread out. Full jitter: Brooker, "Exponential Backoff And Jitter" (AWS, 2015).
 */
export const backoffMs = (attempt: number, random: () => number = Math.random): number =>
  random() * Math.min(LAST_BOUND_MS, FIRST_BOUND_MS * 2 ** Math.min(attempt, 16));

/** Waits, or until `signal` is aborted; it never rejects. */
export const pause = (delayMs: number, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, delayMs);
    signal?.addEventListener('abort', finish);
  });
