import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencyOf, minorOf, typedOf } from '../../web/src/host/amounts.ts';
import { changesOf } from '../../web/src/host/changes.ts';
import { csvOf } from '../../web/src/host/csv.ts';
import { pathOf, totalsOf } from '../../web/src/host/event/sales-plot.ts';
import { endingRule } from '../../web/src/host/event/series-input.ts';
import { monthsOf } from '../../web/src/host/months.ts';
import { mistakesIn, type NewEvent, toInput } from '../../web/src/host/new/new-event.ts';
import { nextStepOf } from '../../web/src/host/next-step.ts';
import { inSomeDays, instantOf, wallClockOf } from '../../web/src/host/wall-clock.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];

describe('the clock on a wall', () => {
  test('and the moment lead to each other, but for the hour that clocks show twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ZONES), fc.integer({ min: 0, max: 525_599 }), (zone, minute) => {
        const iso = new Date(Date.UTC(2027, 0, 1) + minute * 60_000).toISOString();
        const wall = wallClockOf(iso, zone);
        const again = instantOf(wall, zone);
        expect(wallClockOf(again, zone)).toBe(wall);
        expect(Date.parse(again)).toBeLessThanOrEqual(Date.parse(iso));
      }),
      { numRuns: 300 },
    );
  });

  test('is right around the changes of summer time', () => {
    expect(instantOf('2027-06-01T20:00', 'Europe/Berlin')).toBe('2027-06-01T18:00:00.000Z');
    expect(instantOf('2027-12-01T20:00', 'Europe/Berlin')).toBe('2027-12-01T19:00:00.000Z');
    // Shown twice: the first. Skipped: an hour later.
    expect(instantOf('2027-10-31T02:30', 'Europe/Berlin')).toBe('2027-10-31T00:30:00.000Z');
    expect(instantOf('2027-03-28T02:30', 'Europe/Berlin')).toBe('2027-03-28T01:30:00.000Z');
  });

  test('proposes a whole hour', () => {
    expect(inSomeDays(7, 'Europe/Berlin', new Date('2027-06-01T10:42:00Z'))).toBe('2027-06-08T12:00');
  });
});

describe('amounts', () => {
  test('are read as people type them', () => {
    expect([minorOf('12', 'EUR'), minorOf('12.5', 'EUR'), minorOf(' 12,50 ', 'EUR')]).toEqual([1_200, 1_250, 1_250]);
    expect([minorOf('1200', 'JPY'), minorOf('1.5', 'JPY'), minorOf('1.234', 'EUR')]).toEqual([1_200, null, null]);
    expect([minorOf('', 'EUR'), minorOf('-3', 'EUR'), minorOf('ten', 'EUR')]).toEqual([null, null, null]);
  });

  test('are typed as they are read', () => {
    fc.assert(
      fc.property(fc.constantFrom('EUR', 'JPY', 'KWD'), fc.integer({ min: 0, max: 99_999_999 }), (currency, minor) => {
        expect(minorOf(typedOf(minor, currency), currency)).toBe(minor);
      }),
    );
  });

  test('begin in the currency of the reader’s region', () => {
    expect([currencyOf('en-GB'), currencyOf('en'), currencyOf('bn'), currencyOf('de')]).toEqual([
      ...['GBP', 'USD', 'BDT', 'EUR'],
    ]);
  });
});

const FORM: NewEvent = {
  ...{ title: 'Supper', start: '2027-06-01T20:00', zone: 'Europe/Berlin', length: '90', place: 'PHYSICAL' },
  ...{ venue: 'Garden', address: '', city: ' ', onlineUrl: 'https://example.org', isPaid: true, price: '12,50' },
  ...{
    currency: 'EUR',
    seats: '',
    description: '',
    summary: '',
    visibility: 'PUBLIC',
    approval: 'AUTOMATIC',
    rule: '',
  },
};

describe('a new event', () => {
  test('is made of what was typed, and of nothing that was left empty', () => {
    const input = toInput(FORM, 'Ticket', 'PUBLISHED');
    expect(input).toMatchObject({
      ...{ startDate: '2027-06-01T18:00:00.000Z', endDate: '2027-06-01T19:30:00.000Z', venue: 'Garden' },
      ticketTypes: [{ name: 'Ticket', price: 1_250, capacity: null }],
    });
    expect(Object.keys(input)).not.toEqual(expect.arrayContaining(['city']));
    expect(input).not.toHaveProperty('onlineUrl');
    expect(input).not.toHaveProperty('summary');
  });

  test('has a price where it is paid', () => {
    expect(mistakesIn(FORM)).toEqual({});
    expect(mistakesIn({ ...FORM, price: '0' })).toEqual({ price: 'NOTHING' });
    expect(mistakesIn({ ...FORM, price: '' })).toEqual({ price: 'NO_AMOUNT' });
    expect(mistakesIn({ ...FORM, isPaid: false, price: 'x' })).toEqual({});
  });
});

test('only what was changed is sent', () => {
  expect(changesOf({ a: 1, b: ['x'], c: null }, { a: 2, b: ['x'], c: null })).toEqual({ a: 2 });
});

test('a series ends with its last day, on the clocks of its zone', () => {
  expect(endingRule('FREQ=WEEKLY', '2027-06-30', 'Europe/Berlin')).toBe('FREQ=WEEKLY;UNTIL=20270630T215900Z');
  expect(endingRule('FREQ=WEEKLY', '', 'Europe/Berlin')).toBe('FREQ=WEEKLY');
});

test('a calendar begins its weeks on Monday and marks the days', () => {
  const [march, april] = monthsOf(['2027-03-01', '2027-03-31', '2027-04-01']);
  expect([march?.offset, march?.cells.length, april?.offset]).toEqual([0, 31, 3]);
  expect(march?.cells.filter(({ isMarked }) => isMarked).map(({ day }) => day)).toEqual([1, 31]);
});

test('sales add up day by day, and begin at nothing', () => {
  const amount = (amountMinor: number) => ({ amountMinor, currency: 'EUR' });
  const days = [
    { day: '2027-02-27', tickets: 1, taken: amount(500) },
    { day: '2027-03-01', tickets: 2, taken: amount(1_000) },
  ];
  const points = totalsOf(days, false);
  expect(points.map(({ total }) => total)).toEqual([0, 500, 500, 1_500]);
  expect(totalsOf(days, true).at(-1)?.total).toBe(3);
  expect(pathOf(points, 300, 108)).toBe('M0 108 L100 75 L200 75 L300 8');
  expect(totalsOf([], false)).toEqual([]);
});

test('the next step follows from how an event stands', () => {
  const now = new Date('2027-06-01T12:00:00Z');
  const step = (status: 'DRAFT' | 'PUBLISHED' | 'COMPLETED', startDate: string, currentParticipants = 0) =>
    nextStepOf({ status, startDate, currentParticipants }, now).step;
  expect(step('DRAFT', '2027-07-01T12:00:00Z')).toBe('PUBLISH');
  expect(step('PUBLISHED', '2027-07-01T12:00:00Z')).toBe('SHARE');
  expect(step('PUBLISHED', '2027-07-01T12:00:00Z', 3)).toBe('GUESTS');
  expect(step('PUBLISHED', '2027-06-02T11:00:00Z', 3)).toBe('DOOR');
  expect(step('COMPLETED', '2027-05-01T12:00:00Z', 3)).toBe('MONEY');
});

test('a cell of a table is shown by a spreadsheet, and never run', () => {
  expect(csvOf([['Name'], ['=SUM(A1)'], ['Müller, "Ada"']])).toBe('\uFEFFName\r\n\'=SUM(A1)\r\n"Müller, ""Ada"""\r\n');
});
