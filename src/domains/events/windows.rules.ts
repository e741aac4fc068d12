import { z } from 'zod';
import { instantOf, wallClockAt } from './event-series/wall-clock.rules.ts';

/** The instants that belong to a start, as from and until: of an event first, then of a kind of ticket. */
const PAIRS = [
  ['registrationOpensAt', 'registrationClosesAt'],
  ['salesStartAt', 'salesEndAt'],
  ['validFrom', 'validUntil'],
] as const;
type WindowName = (typeof PAIRS)[number][number];

/** Windows of an event or of a kind of ticket; what is absent is not spoken of. */
export type Windows = { [Name in WindowName]?: Date | null | undefined };

const distance = z.int().nullable().optional();

/**
 * How far the windows lie from their start on the wall clock, in milliseconds: negative before it. 12:00 of the day
 * before a start at 18:00 is 30 hours, also where the clocks are changed in between.
 */
export const Distances = z.object({
  registrationOpensAt: distance,
  registrationClosesAt: distance,
  salesStartAt: distance,
  salesEndAt: distance,
  validFrom: distance,
  validUntil: distance,
});
export type Distances = z.output<typeof Distances>;

/** The reading of the clock on the wall as if it were UTC's, in milliseconds since 1970. */
const readingOf = (instant: Date, timeZone: string): number => {
  const { year, month, day, hour, minute, second } = wallClockAt(instant, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) + instant.getUTCMilliseconds();
};

/** The instant of a reading; see `instantOf` for what clocks skip or show twice. */
const instantAt = (reading: number, timeZone: string): Date => {
  const wall = new Date(reading);
  const [year, month, day] = [wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate()];
  const time = { hour: wall.getUTCHours(), minute: wall.getUTCMinutes(), second: wall.getUTCSeconds() };
  return new Date(instantOf({ year, month, day, ...time }, timeZone).getTime() + wall.getUTCMilliseconds());
};

/** The distances of windows from a start in a zone. One that ends in an hour that is shown twice keeps its length. */
export const distancesOf = (windows: Windows, start: Date, timeZone: string): Distances => {
  const origin = readingOf(start, timeZone);
  const measure = (at: Date): number => readingOf(at, timeZone) - origin;
  return mapPairs(windows, measure, (from, until) => measure(from) + until.getTime() - from.getTime());
};

/**
 * The windows at a start, in a zone: what the clock on the wall showed for the first start it shows for each. A window
 * that a change of clocks would close keeps its length.
 */
export const windowsAt = (distances: Distances, start: Date, timeZone: string): Windows => {
  const origin = readingOf(start, timeZone);
  const place = (by: number): Date => instantAt(origin + by, timeZone);
  return mapPairs(distances, place, (from, until) => new Date(place(from).getTime() + until - from));
};

/**
 * Maps all that is given of each pair.
 * @param lengthen gives the end of a window that would not end after it began
 */
const mapPairs = <From extends Date | number, To extends Date | number>(
  given: { [Name in WindowName]?: From | null | undefined },
  each: (value: From) => To,
  lengthen: (from: From, until: From) => To,
): { [Name in WindowName]?: To | null } => {
  const mapped: { [Name in WindowName]?: To | null } = {};
  for (const pair of PAIRS) {
    for (const name of pair) {
      const value = given[name];
      if (value !== undefined) mapped[name] = value === null ? null : each(value);
    }
    const [from, until] = pair.map((name) => given[name]);
    if (from == null || until == null || from >= until) continue;
    const [fromMapped, untilMapped] = [each(from), each(until)];
    if (untilMapped <= fromMapped) mapped[pair[1]] = lengthen(from, until);
  }
  return mapped;
};

/** Of an object's fields those that are windows, as dates. */
export const windowsIn = (fields: { [Name in WindowName]?: Date | string | null | undefined }): Windows => {
  const windows: Windows = {};
  for (const name of PAIRS.flat()) {
    const value = fields[name];
    if (value !== undefined) windows[name] = typeof value === 'string' ? new Date(value) : value;
  }
  return windows;
};

/** An object without its windows. */
export const withoutWindows = <T extends object>(fields: T): Omit<T, WindowName> => {
  const names: readonly string[] = PAIRS.flat();
  // Safe: exactly the windows are taken out.
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name))) as Omit<T, WindowName>;
};

interface Move {
  from: Date;
  to: Date;
  timeZone: string;
  now: Date;
  /** Where windows of the kind lie that stand as a rule gave them; one that was set by hand keeps its own distance. */
  usual?: Distances | undefined;
}

/**
 * Windows after their start has moved: each as far from it as it was, on the wall clock. What has opened stays open: an
 * opening that has passed is not put off, unless its end would then come before it.
 */
export const movedWindows = <Given extends Windows>(
  windows: Given,
  { from, to, timeZone, now, usual = {} }: Move,
): { [Name in keyof Given & WindowName]: Exclude<Given[Name], undefined> } => {
  const usualBefore = windowsAt(usual, from, timeZone);
  const usualAfter = windowsAt(usual, to, timeZone);
  const ownAfter = windowsAt(distancesOf(windows, from, timeZone), to, timeZone);
  const moved: Windows = {};
  for (const name of PAIRS.flat()) {
    const present = windows[name];
    if (present === undefined) continue;
    const isUsual = present !== null && usualBefore[name]?.getTime() === present.getTime();
    moved[name] = isUsual ? usualAfter[name] : ownAfter[name];
  }
  for (const [opening, closing] of PAIRS) {
    const [present, placed, end] = [windows[opening], moved[opening], moved[closing]];
    const isPutOff = present != null && placed != null && present <= now && placed > now;
    if (isPutOff && (end == null || end > present)) moved[opening] = present;
  }
  // Safe: every window that is given has one.
  return moved as { [Name in keyof Given & WindowName]: Exclude<Given[Name], undefined> };
};
