import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fieldsAfter,
  measureChange,
  retell,
  typesAfter,
  typeWindowsAfter,
} from '../../../../src/domains/events/event-series/change.steps.ts';
import {
  measureEvent,
  occurrenceInput,
  type Template,
} from '../../../../src/domains/events/event-series/template.steps.ts';
import { instantOf, wallClockAt } from '../../../../src/domains/events/event-series/wall-clock.rules.ts';
import {
  distancesOf,
  movedWindows,
  type Windows,
  windowsAt,
  windowsIn,
} from '../../../../src/domains/events/windows.rules.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const FIRST_DAY = Date.UTC(2027, 0, 1);
const DAYS = 731;
/** Before every window of these tests. */
const LONG_AGO = new Date(0);

const at = (zone: string, day: number, minutes: number): Date => {
  const date = new Date(FIRST_DAY + day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return instantOf({ year, month, day: date.getUTCDate(), hour, minute, second: 0 }, zone);
};

const minuteOf = (zone: string, instant: Date): number => {
  const { hour, minute } = wallClockAt(instant, zone);
  return hour * 60 + minute;
};

/** Each zone with each of its days of two years on which clocks are changed; a zone without any has one day all the same. */
const changes = Intl.supportedValuesOf('timeZone').flatMap((zone) => {
  const offsets = Array.from({ length: DAYS + 1 }, (_, day) => minuteOf(zone, new Date(FIRST_DAY + day * DAY_MS)));
  const days = offsets.flatMap((offset, day) => (day > 0 && offset !== offsets[day - 1] ? [day - 1] : []));
  return (days.length > 0 ? days : [100]).map((day) => ({ zone, day }));
});

const timeOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes of a day; those around midnight, where clocks are changed, more often. */
const timeOfDay = fc.oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 240 }), fc.constant(1_410));
const opening = fc.integer({ min: -10 * 1_440, max: -5 * 1_440 });
const closing = fc.integer({ min: -4 * 1_440, max: 60 });
/** Minutes from the start. */
const registration = fc.record({ registrationOpensAt: opening, registrationClosesAt: closing }, { requiredKeys: [] });
const sale = fc.record({ salesStartAt: opening, salesEndAt: closing }, { requiredKeys: [] });
const validity = fc.record(
  { validFrom: fc.integer({ min: -600, max: -1 }), validUntil: fc.integer({ min: 1, max: 600 }) },
  { requiredKeys: [] },
);
const edit = fc.record(
  {
    place: fc.integer({ min: 0, max: 2 }),
    startTime: timeOfDay,
    durationMinutes: fc.integer({ min: 1, max: 3_000 }),
    registration,
    sale,
  },
  { requiredKeys: ['place'] },
);
type Edit = { place: number; startTime?: number; durationMinutes?: number; registration?: object; sale?: object };

/** Minutes from a start as instants. */
const from = (start: Date, minutes: object): Record<string, string> =>
  Object.fromEntries(
    Object.entries(minutes as Record<string, number>).map(([name, by]) => [
      name,
      new Date(start.getTime() + by * MINUTE_MS).toISOString(),
    ]),
  );

interface Row extends Windows {
  occurrenceAt: Date;
  startDate: Date;
  endDate: Date;
  type: Windows & { name: string };
}

const made = (template: Template, occurrenceAt: Date, timeZone: string): Row => {
  const input = occurrenceInput(template, { seriesId: 'x'.repeat(8), occurrenceAt, timeZone });
  const dates = { startDate: new Date(input.startDate), endDate: new Date(input.endDate) };
  const [type] = input.ticketTypes ?? [];
  return { occurrenceAt, ...dates, ...windowsIn(input), type: { name: 'Seat', ...windowsIn(type ?? {}) } };
};

const newStart = (row: Row, { startTime }: Edit, template: Template, timeZone: string): Date => {
  const asked = { startTime: startTime === undefined ? undefined : timeOf(startTime), template, timeZone };
  const change = measureChange(row, {
    input: asked.startTime ? { startTime: asked.startTime } : {},
    ticketTypes: [],
    template,
    timeZone,
  });
  return fieldsAfter(change, row, LONG_AGO).startDate ?? row.startDate;
};

/** What `eventSeries.edit` makes of the template and of the events that follow. */
const edited = (
  template: Template,
  rows: Row[],
  asked: Edit,
  timeZone: string,
): { template: Template; rows: Row[] } => {
  const { place, startTime, durationMinutes, registration = {}, sale = {} } = asked;
  const first = rows[place];
  if (!first) throw new Error('no event is edited');
  const start = newStart(first, asked, template, timeZone);
  const input = {
    ...(startTime === undefined ? {} : { startTime: timeOf(startTime) }),
    ...(durationMinutes === undefined ? {} : { durationMinutes }),
    ...from(start, registration),
  };
  const ticketTypes = [{ name: 'Seat', ...from(start, sale) }];
  const change = measureChange(first, { input, ticketTypes, template, timeZone });
  const after = rows.map((row, index) => {
    if (index < place) return row;
    const moved = typeWindowsAfter(change, row, { type: row.type, now: LONG_AGO });
    const fields = fieldsAfter(change, row, LONG_AGO);
    const dates = { startDate: fields.startDate ?? row.startDate, endDate: fields.endDate ?? row.endDate };
    const [placed = {}] = typesAfter(change, dates);
    const type = { ...row.type, ...moved, ...windowsIn(placed) };
    return { ...row, ...windowsIn(fields), ...dates, type };
  });
  return { template: retell(change), rows: after };
};

const plain = (row: Row | undefined) => JSON.parse(JSON.stringify(row));

describe('windows of a series', () => {
  test('are the same in events that were made before an edit and after it, on every day clocks change anywhere', () => {
    expect(changes.length).toBeGreaterThan(700);
    const scenario = fc.tuple(timeOfDay, registration, sale, validity, fc.array(edit, { minLength: 1, maxLength: 3 }));
    let compared = 0;
    const [seed] = fc.sample(fc.nat(), 1);
    for (const [index, { zone, day }] of changes.entries()) {
      const [drawn] = fc.sample(scenario, { numRuns: 1, seed: (seed ?? 0) + index });
      if (!drawn) continue;
      const [minutes, opened, sold, valid, edits] = drawn;
      // Two days before the change, the day of it and the day after.
      const occurrences = [day - 2, day, day + 1].map((each) => at(zone, each, minutes));
      // A time that clocks skip is no occurrence.
      if (occurrences.some((each) => minuteOf(zone, each) !== minutes)) continue;
      const [first = LONG_AGO] = occurrences;
      const event = {
        title: 'Evening',
        description: '',
        startDate: first.toISOString(),
        endDate: new Date(first.getTime() + 90 * MINUTE_MS).toISOString(),
        ...from(first, opened),
        ticketTypes: [{ name: 'Seat', ...from(first, { ...sold, ...valid }) }],
      };
      let template: Template = { event: measureEvent(event, zone), startTime: null, durationMs: 90 * MINUTE_MS };
      let rows = occurrences.map((each) => made(template, each, zone));
      for (const asked of edits) ({ template, rows } = edited(template, rows, asked, zone));
      const last = Math.max(...edits.map(({ place }) => place));
      for (const row of rows.slice(last)) {
        const context = JSON.stringify({ seed, index, zone, day, minutes, opened, sold, valid, edits });
        expect(plain(row), context).toEqual(plain(made(template, row.occurrenceAt, zone)));
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(changes.length);
  });

  test('never end before they begin, at whatever start', () => {
    const given = fc.tuple(fc.nat({ max: changes.length - 1 }), timeOfDay, fc.integer({ min: -9, max: 9 }), closing);
    fc.assert(
      fc.property(given, fc.integer({ min: 1, max: 2_000 }), ([index, minutes, daysAway, by], length) => {
        const { zone, day } = changes[index] ?? { zone: 'UTC', day: 0 };
        const origin = at(zone, day + daysAway, minutes);
        const salesStartAt = new Date(origin.getTime() + (by - length) * MINUTE_MS);
        const salesEndAt = new Date(origin.getTime() + by * MINUTE_MS);
        const distances = distancesOf({ salesStartAt, salesEndAt }, origin, zone);
        for (const each of [day - 1, day, day + 1, day + 2, day + 60]) {
          const start = at(zone, each, minuteOf(zone, origin));
          const placed = windowsAt(distances, start, zone);
          const [opens, ends] = [placed.salesStartAt ?? LONG_AGO, placed.salesEndAt ?? LONG_AGO];
          expect(ends.getTime()).toBeGreaterThan(opens.getTime());
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('keep their time of day in the week in which clocks change', () => {
    const zone = 'Europe/Berlin';
    const start = new Date('2027-03-18T17:00:00Z');
    const salesEndAt = new Date('2027-03-18T11:00:00Z');
    const after = windowsAt(distancesOf({ salesEndAt }, start, zone), new Date('2027-04-01T16:00:00Z'), zone);
    expect(after.salesEndAt?.toISOString()).toBe('2027-04-01T10:00:00.000Z');
    // Over the night of the change, measured there and placed there.
    const [monday, friday] = [new Date('2027-03-29T16:00:00Z'), new Date('2027-03-26T11:00:00Z')];
    const [later, before] = [new Date('2027-04-05T16:00:00Z'), new Date('2027-04-02T10:00:00Z')];
    expect(windowsAt(distancesOf({ salesEndAt: friday }, monday, zone), later, zone)).toEqual({ salesEndAt: before });
    expect(windowsAt(distancesOf({ salesEndAt: before }, later, zone), monday, zone)).toEqual({ salesEndAt: friday });
  });
});

describe('windows of one event that moves', () => {
  const zone = 'Europe/Berlin';
  const now = new Date('2027-01-10T12:00:00Z');
  const move = { from: new Date('2027-01-20T18:00:00Z'), to: new Date('2027-06-20T17:00:00Z'), timeZone: zone, now };

  test('move with it; what has opened stays open', () => {
    const windows = {
      salesStartAt: new Date('2027-01-05T09:00:00Z'),
      salesEndAt: new Date('2027-01-20T17:00:00Z'),
      validFrom: new Date('2027-01-20T16:00:00Z'),
      validUntil: null,
    };
    expect(movedWindows(windows, move)).toEqual({
      salesStartAt: windows.salesStartAt,
      salesEndAt: new Date('2027-06-20T16:00:00Z'),
      validFrom: new Date('2027-06-20T15:00:00Z'),
      validUntil: null,
    });
  });

  test('never end before they begin, however far the start moves', () => {
    const span = fc.integer({ min: -90 * DAY_MS, max: 90 * DAY_MS });
    fc.assert(
      fc.property(span, fc.integer({ min: 1, max: 90 * DAY_MS }), span, span, (opens, length, by, nowBy) => {
        const salesStartAt = new Date(move.from.getTime() + opens);
        const salesEndAt = new Date(salesStartAt.getTime() + length);
        const to = new Date(move.from.getTime() + by);
        const present = new Date(move.from.getTime() + nowBy);
        const moved = movedWindows({ salesStartAt, salesEndAt }, { ...move, to, now: present });
        expect(moved.salesEndAt?.getTime()).toBeGreaterThan(moved.salesStartAt?.getTime() ?? Infinity);
      }),
      { numRuns: 1_000 },
    );
  });
});
