import { setTimeout as pause } from 'node:timers/promises';

/** Waits, or until the signal is given; it never rejects. */
export const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  pause(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
