import fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstLoudMoment } from '../../../src/domains/notifications/intent/quiet-hours.rules.ts';

const ZONES = Intl.supportedValuesOf('timeZone');
const minute = fc.integer({ min: 0, max: 1_439 });

const wall = (at: Date, timeZone: string): number => {
  const text = at.toLocaleTimeString('en', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5));
};

const isInside = (at: number, from: number, until: number): boolean =>
  from < until ? at >= from && at < until : at >= from || at < until;

test('what may be sent is never inside the quiet hours, never before now, and never a day late', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...ZONES),
      fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true }),
      minute,
      minute,
      (zone, now, fromMinute, untilMinute) => {
        fc.pre(fromMinute !== untilMinute);
        const at = firstLoudMoment(now, zone, { fromMinute, untilMinute });
        expect(at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        // A day whose clock is put back is an hour or two longer.
        expect(at.getTime() - now.getTime()).toBeLessThanOrEqual(26 * 3_600_000);
        expect(isInside(wall(at, zone), fromMinute, untilMinute)).toBe(false);
        if (!isInside(wall(now, zone), fromMinute, untilMinute)) expect(at).toEqual(now);
      },
    ),
    { numRuns: 3_000 },
  );
});

test('an hour that a clock leaves out ends the quiet hours with its first minute', () => {
  const beforeTheGap = new Date('2026-03-29T00:30:00Z');
  const quiet = { fromMinute: 23 * 60, untilMinute: 2 * 60 + 30 };
  expect(firstLoudMoment(beforeTheGap, 'Europe/Berlin', quiet)).toEqual(new Date('2026-03-29T01:00:00Z'));
});

test('without quiet hours it is now', () => {
  const now = new Date();
  expect(firstLoudMoment(now, 'UTC', null)).toBe(now);
});
