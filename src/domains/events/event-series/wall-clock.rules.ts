/** What the clock on the wall of a place shows. */
export interface WallClock {
  year: number;
  /** From 1. */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** Formatters are costly to make; zones in use are few. Beyond the bound the oldest is made anew. */
const MAX_FORMATTERS = 100;
const formatters = new Map<string, Intl.DateTimeFormat>();

const formatterOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = formatters.get(timeZone);
  if (known) return known;
  const digits = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const;
  const made = new Intl.DateTimeFormat('en-u-hc-h23', { timeZone, ...digits, second: 'numeric', era: 'short' });
  const [oldest] = formatters.keys();
  if (formatters.size >= MAX_FORMATTERS && oldest !== undefined) formatters.delete(oldest);
  formatters.set(timeZone, made);
  return made;
};

/** What the clock shows in an IANA zone at an instant; fractions of a second are dropped. */
export const wallClockAt = (instant: Date, timeZone: string): WallClock => {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const [year, month, day] = [part('year'), part('month'), part('day')];
  return { year, month, day, hour: part('hour'), minute: part('minute'), second: part('second') };
};

/** The wall clock as if it were of UTC, in milliseconds. */
const asUtcMs = ({ year, month, day, hour, minute, second }: WallClock): number =>
  Date.UTC(year, month - 1, day, hour, minute, second);

/**
 * The instant at which a clock shows this: the first of two where clocks are turned back, the moment after the gap where
 * they are turned forward.
 */
export const instantOf = (wall: WallClock, timeZone: string): Date => {
  const wanted = asUtcMs(wall);
  const offsetAt = (ms: number): number => asUtcMs(wallClockAt(new Date(ms), timeZone)) - ms;
  const day = 24 * 60 * 60 * 1_000;
  // The zone's offsets around that day: one of them is the right one, or the time does not exist.
  const candidates = [offsetAt(wanted - day), offsetAt(wanted + day)].map((offset) => wanted - offset);
  const fitting = candidates.filter((ms) => asUtcMs(wallClockAt(new Date(ms), timeZone)) === wanted);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...candidates));
};

const pad = (value: number, length = 2): string => String(value).padStart(length, '0');

/** `20260215`. */
export const dateDigits = ({ year, month, day }: WallClock): string => `${pad(year, 4)}${pad(month)}${pad(day)}`;

/** `20260215T180000`, as RFC 5545 writes local time. */
export const localTime = (wall: WallClock): string =>
  `${dateDigits(wall)}T${pad(wall.hour)}${pad(wall.minute)}${pad(wall.second)}`;
