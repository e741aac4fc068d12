import { occurrencesIn, type Rule } from './rule.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
/** How far ahead there are events; of a series that begins later than that, from its first one on. */
export const AHEAD_MS = 12 * 7 * DAY_MS;
/** Where occurrences lie further apart, so many of the next ones are events, those within a year. */
const NEXT = 12;
const YEAR_MS = 366 * DAY_MS;
/** The next occurrence is an event however far it is, within eight years and some days: a 29 February may be that far. */
const FARTHEST_MS = 8 * YEAR_MS;

interface Reach {
  /** Every occurrence up to here is to be an event. */
  until: Date;
  /** When `until` may have to be later. */
  extendAt: Date;
}

/** How far the events of a series are to reach at a moment. */
export const reachOf = (series: Rule & { endsAt: Date | null }, now: Date): Reach => {
  const hasBegun = series.startsAt <= now;
  const from = hasBegun ? new Date(now.getTime() + 1) : series.startsAt;
  const within = (ms: number): Date[] => occurrencesIn(series, { from, to: new Date(from.getTime() + ms) });
  const near = within(AHEAD_MS);
  const year = near.length >= NEXT ? near : within(YEAR_MS);
  const [next] = year.length > 0 ? year : within(FARTHEST_MS);
  const isLate = from.getTime() > now.getTime() + AHEAD_MS;
  const lastMs = Math.max(
    (isLate ? from : now).getTime() + AHEAD_MS,
    year[NEXT - 1]?.getTime() ?? year.at(-1)?.getTime() ?? 0,
  );
  const untilMs = Math.max(lastMs, next?.getTime() ?? 0);
  const endMs = (series.endsAt?.getTime() ?? Number.POSITIVE_INFINITY) - 1;
  // When the next one has begun there is one less ahead, and when a year has gone by there may be more within it.
  const extendMs = Math.min(next?.getTime() ?? Number.POSITIVE_INFINITY, now.getTime() + YEAR_MS / 12);
  return { until: new Date(Math.min(untilMs, endMs)), extendAt: new Date(Math.max(extendMs, now.getTime() + DAY_MS)) };
};
