const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

export interface QuietHours {
  /** Minutes of the day, 0 to 1439. `until` may be before `from`: the window then runs over midnight. */
  fromMinute: number;
  untilMinute: number;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** There are some 600 zones. */
const clockOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = clocks.get(timeZone);
  if (known) return known;
  const options = { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const clock = new Intl.DateTimeFormat('en', options);
  clocks.set(timeZone, clock);
  return clock;
};

/** What the clock on the wall shows, in minutes since its midnight. */
const minuteOfDay = (at: Date, timeZone: string): number => {
  const parts = clockOf(timeZone).formatToParts(at);
  const numberOf = (type: string): number => Number(parts.find((part) => part.type === type)?.value ?? 0);
  return numberOf('hour') * 60 + numberOf('minute');
};

const minutesUntil = (minute: number, target: number): number => (target - minute + DAY_MINUTES) % DAY_MINUTES;

const isQuiet = (minute: number, { fromMinute, untilMinute }: QuietHours): boolean =>
  minutesUntil(fromMinute, minute) < minutesUntil(fromMinute, untilMinute);

/**
 * When something may be sent: now, or when the quiet hours end by the person's own clock. A clock that is put forward
 * over that moment ends them at the first minute it shows afterwards; put back, they end with the later of the two.
 */
export const firstLoudMoment = (now: Date, timeZone: string, quiet: QuietHours | null): Date => {
  if (!quiet || !isQuiet(minuteOfDay(now, timeZone), quiet)) return now;
  const isLoud = (at: number): boolean => !isQuiet(minuteOfDay(new Date(at * MINUTE_MS), timeZone), quiet);
  let quietMinute = Math.floor(now.getTime() / MINUTE_MS);
  let loudMinute = quietMinute;
  // A clock put back inside the window makes the first guess too early, and the next one right.
  while (!isLoud(loudMinute)) {
    quietMinute = loudMinute;
    loudMinute += minutesUntil(minuteOfDay(new Date(loudMinute * MINUTE_MS), timeZone), quiet.untilMinute);
  }
  // One put forward makes it too late.
  while (loudMinute - quietMinute > 1) {
    const middle = Math.floor((quietMinute + loudMinute) / 2);
    if (isLoud(middle)) loudMinute = middle;
    else quietMinute = middle;
  }
  return new Date(loudMinute * MINUTE_MS);
};
