import { setTimeout as pause } from 'node:timers/promises';

/** Waits, or until the signal is given; it never rejects. */
export const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(Math.max(0, ms), undefined, { signal }).catch(() => undefined);

const PATIENCE_MS = 60_000;

/** Asks a server that may be too busy to answer, again until it does. @throws what it threw last, after a minute */
export const patiently = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await pause(500);
    }
  }
};
