/** A room that was silent this long is quiet: its next entry goes out at once. */
const QUIET_MS = 25;
const TICK_MS = 10;
/** Above this many entries a second a longer tick saves more writes than anyone notices in delay. */
const BUSY_ENTRIES_PER_SECOND = 200;
const BUSY_TICK_MS = 25;
/** Weight of the newest second in the running rate. */
const SMOOTHING = 0.3;

export interface Pace {
  /** How long an entry that arrives now should wait for company, 0 to write at once. */
  waitMs: (nowMs: number) => number;
  flushed: (nowMs: number, entries: number) => void;
}

/** Decides when a room is written: at once while quiet, on a tick while busy. */
export const createPace = (): Pace => {
  let flushedAtMs = Number.NEGATIVE_INFINITY;
  let entriesPerSecond = 0;
  return {
    waitMs: (nowMs) => {
      const sinceMs = nowMs - flushedAtMs;
      if (sinceMs > QUIET_MS) return 0;
      const tickMs = entriesPerSecond > BUSY_ENTRIES_PER_SECOND ? BUSY_TICK_MS : TICK_MS;
      return Math.max(1, tickMs - sinceMs);
    },
    flushed: (nowMs, entries) => {
      const elapsedMs = Math.max(1, nowMs - flushedAtMs);
      const rate = Number.isFinite(elapsedMs) ? (entries * 1_000) / elapsedMs : 0;
      entriesPerSecond += SMOOTHING * (rate - entriesPerSecond);
      flushedAtMs = nowMs;
    },
  };
};
