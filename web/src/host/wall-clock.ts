/** A time as a wall shows it, without a zone, as `<input type="datetime-local">` takes and gives it: "2026-12-04T20:00". */
export type WallClock = string;

/** The time by which the clocks of a zone are ahead of UTC at a moment. */
const aheadMs = (atMs: number, zone: string): number => {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(atMs);
  const of = (type: Intl.DateTimeFormatPartTypes): number =>
    Number(parts.find((part) => part.type === type)?.value ?? 0);
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return shown - Math.floor(atMs / 1_000) * 1_000;
};

/** The moment (ISO 8601) at which a zone's clocks show this; of two the first, and for one they skip the one an hour later. */
export const instantOf = (wall: WallClock, zone: string): string => {
  const asUtcMs = Date.parse(`${wall}Z`);
  const before = asUtcMs - aheadMs(asUtcMs - 86_400_000, zone);
  const after = asUtcMs - aheadMs(asUtcMs + 86_400_000, zone);
  const isShown = (atMs: number): boolean => atMs + aheadMs(atMs, zone) === asUtcMs;
  return new Date(isShown(before) || !isShown(after) ? before : after).toISOString();
};

/** The time that the clocks of a zone show at a moment, to the minute. */
export const wallClockOf = (iso: string, zone: string): WallClock => {
  const atMs = Date.parse(iso);
  return new Date(atMs + aheadMs(atMs, zone)).toISOString().slice(0, 16);
};

/** The moment, or null for an empty field. */
export const instantOrNull = (wall: WallClock, zone: string): string | null =>
  wall === '' ? null : instantOf(wall, zone);

/** The text of a field for a moment, or for none. */
export const wallClockOrEmpty = (iso: string | null, zone: string): WallClock =>
  iso === null ? '' : wallClockOf(iso, zone);

/** The next whole hour, some days from now, on the clocks of a zone. */
export const inSomeDays = (days: number, zone: string, now = new Date()): WallClock =>
  `${wallClockOf(new Date(now.getTime() + days * 86_400_000).toISOString(), zone).slice(0, 13)}:00`;
