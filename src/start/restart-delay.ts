const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
/** What has lived so long was well; its end says nothing about the next start. */
const HEALTHY_AFTER_MS = 10_000;

/** The last life of something that has ended. */
export interface EndedLife {
  readonly livedMs: number;
  /** How long was waited before that life; undefined before the first. */
  readonly waitedMs: number | undefined;
}

/** How long to wait before starting it again: at once the first time, then 0.2 s, doubling up to 5 s. */
export function restartDelayMs({ livedMs, waitedMs }: EndedLife): number {
  if (waitedMs === undefined || livedMs >= HEALTHY_AFTER_MS) return 0;
  return waitedMs === 0 ? FIRST_DELAY_MS : Math.min(waitedMs * 2, LONGEST_DELAY_MS);
}
