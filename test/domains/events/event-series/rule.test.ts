import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRule, occurrencesIn } from '../../../../src/domains/events/event-series/rule.ts';
import { instantOf, wallClockAt } from '../../../../src/domains/events/event-series/wall-clock.rules.ts';
import { AppError } from '../../../../src/kernel/errors.ts';

/** Zones that change their clocks in 2027: north and south, by half an hour, around midnight; and some that do not. */
const CHANGING = [
  'America/New_York',
  'Europe/Berlin',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Cairo',
  'Pacific/Chatham',
];
const ZONES = [...CHANGING, 'Asia/Dhaka', 'Asia/Kathmandu', 'UTC'];
const DAY_MS = 86_400_000;

const moment = fc.record({
  zone: fc.constantFrom(...ZONES),
  day: fc.integer({ min: 0, max: 364 }),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.constantFrom(0, 15, 30, 45),
});
type Moment = { zone: string; day: number; hour: number; minute: number };
const startOf = ({ zone, day, hour, minute }: Moment): Date => {
  const date = new Date(Date.UTC(2027, 0, 1) + day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  return instantOf({ year, month, day: date.getUTCDate(), hour, minute, second: 0 }, zone);
};

test('zones that change their clocks really do so in the tested year', () => {
  for (const zone of CHANGING) {
    const noons = Array.from({ length: 365 }, (_, day) =>
      wallClockAt(new Date(Date.UTC(2027, 0, 1, 12) + day * DAY_MS), zone),
    );
    expect(new Set(noons.map(({ hour, minute }) => `${hour}:${minute}`)).size, zone).toBe(2);
  }
});

test('the wall clock of a place and its instants lead to each other', () => {
  fc.assert(
    fc.property(moment, (given) => {
      const instant = startOf(given);
      const wall = wallClockAt(instant, given.zone);
      const isSkipped = wall.hour !== given.hour || wall.minute !== given.minute;
      expect(instantOf(wall, given.zone).getTime()).toBe(instant.getTime());
      // A time that clocks skip becomes a later one of the same night.
      if (isSkipped) expect(CHANGING).toContain(given.zone);
    }),
    { numRuns: 2_000 },
  );
});

test.each(['DAILY', 'WEEKLY'])(
  '%s events keep the clock on the wall in every zone, the day of a change included',
  (frequency) => {
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 3 }), (given, interval) => {
        const startsAt = startOf(given);
        const { hour, minute } = wallClockAt(startsAt, given.zone);
        const rule = { recurrenceRule: `FREQ=${frequency};INTERVAL=${interval}`, startsAt, timeZone: given.zone };
        const stepDays = interval * (frequency === 'DAILY' ? 1 : 7);
        const found = occurrencesIn(rule, { from: startsAt, to: new Date(startsAt.getTime() + 250 * DAY_MS) });
        const walls = found.map((instant) => wallClockAt(instant, given.zone));
        for (const wall of walls) expect([wall.hour, wall.minute]).toEqual([hour, minute]);
        const days = walls.map(({ year, month, day }) => Date.UTC(year, month - 1, day) / DAY_MS);
        const gaps = days.slice(1).map((day, index) => day - (days[index] ?? 0));
        // Only a day on which clocks skip this very time may be missing.
        const missing = gaps.filter((gap) => gap !== stepDays);
        expect(missing.length).toBeLessThanOrEqual(1);
        for (const gap of missing) expect(gap).toBe(2 * stepDays);
        if (hour >= 4 && hour < 23) expect(missing).toEqual([]);
      }),
      { numRuns: 200 },
    );
  },
);

test('a span asked in pieces gives what the whole gives', () => {
  fc.assert(
    fc.property(moment, fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 6 }), (given, pieces) => {
      const startsAt = startOf(given);
      const rule = { recurrenceRule: 'FREQ=DAILY;INTERVAL=2', startsAt, timeZone: given.zone };
      const pieced: number[] = [];
      let from = startsAt;
      for (const days of pieces) {
        const to = new Date(from.getTime() + days * DAY_MS - 1);
        pieced.push(...occurrencesIn(rule, { from, to }).map(Number));
        from = new Date(to.getTime() + 1);
      }
      const whole = occurrencesIn(rule, { from: startsAt, to: new Date(from.getTime() - 1) });
      expect(pieced).toEqual(whole.map(Number));
    }),
    { numRuns: 100 },
  );
});

describe('a rule', () => {
  // A Tuesday.
  const startsAt = new Date('2027-02-02T18:00:00Z');
  const check = (recurrenceRule: string) => () => checkRule({ recurrenceRule, startsAt, timeZone: 'UTC' });

  test('is read for what the series keeps of it', () => {
    expect(check('FREQ=WEEKLY;INTERVAL=2;BYDAY=TU')()).toEqual({ frequency: 'WEEKLY', interval: 2 });
    expect(check('FREQ=MONTHLY;BYDAY=1TU;COUNT=12')()).toEqual({ frequency: 'MONTHLY', interval: 1 });
  });

  test.each([
    ['FREQ=HOURLY', /FREQ must be one of/],
    ['BYDAY=TU', /FREQ must be one of/],
    ['FREQ=DAILY;BYHOUR=1,2', /BYHOUR is not known/],
    ['FREQ=DAILY;INTERVAL=0', /INTERVAL must be/],
    ['FREQ=DAILY;COUNT=100000', /COUNT must be/],
    ['FREQ=WEEKLY;BYDAY=XX', /is not understood/],
    ['FREQ=WEEKLY;BYDAY=MO', /startDate: must be the first occurrence/],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', /startDate: must be the first occurrence/],
  ])('%s is refused', (recurrenceRule, reason) => {
    expect(check(recurrenceRule)).toThrow(reason);
    expect(check(recurrenceRule)).toThrow(AppError);
  });
});
