import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMonths } from '../../../../src/domains/payments/subscription/intervals.rules.ts';
import { slicesDue } from '../../../../src/domains/payments/subscription/slices.rules.ts';
import {
  GRACE_MS,
  type SubscriptionFacts,
  standingOf,
} from '../../../../src/domains/payments/subscription/standing.rules.ts';

const DAY_MS = 24 * 3_600_000;
const createdAt = new Date('2026-01-31T10:00:00Z');
const monthly: SubscriptionFacts = {
  ...{ createdAt, trialEndsAt: null, interval: 'MONTH', price: 100n, paidPeriods: 0 },
  ...{ cancelAtPeriodEnd: false, cancelledAt: null },
};
const day = (text: string): Date => new Date(`${text}T10:00:00Z`);

test('months are counted from the beginning, so that no day is lost for good', () => {
  expect([1, 2, 13].map((months) => addMonths(createdAt, months))).toEqual([
    day('2026-02-28'),
    day('2026-03-31'),
    day('2027-02-28'),
  ]);
  expect(addMonths(day('2024-02-29'), 48)).toEqual(day('2028-02-29'));
});

describe('where a subscription stands', () => {
  const stands = (change: Partial<SubscriptionFacts>, now: string) => {
    const { status, isEntitled } = standingOf({ ...monthly, ...change }, day(now));
    return [status, isEntitled];
  };

  test.each([
    ['who has never paid has a day to, and nothing meanwhile', {}, '2026-01-31', ['PAST_DUE', false]],
    ['and then it is over', {}, '2026-02-01', ['EXPIRED', false]],
    ['what is paid is there', { paidPeriods: 1 }, '2026-02-27', ['ACTIVE', true]],
    ['and stays a week longer', { paidPeriods: 1 }, '2026-03-06', ['PAST_DUE', true]],
    ['and no more', { paidPeriods: 1 }, '2026-03-07', ['EXPIRED', false]],
    ['a trial is a trial', { trialEndsAt: day('2026-02-14') }, '2026-02-13', ['TRIALING', true]],
    ['which has no grace', { trialEndsAt: day('2026-02-14') }, '2026-02-14', ['PAST_DUE', false]],
    [
      'what was cancelled ends with what is paid',
      { paidPeriods: 1, cancelAtPeriodEnd: true },
      '2026-02-27',
      ['ACTIVE', true],
    ],
    ['and not later', { paidPeriods: 1, cancelAtPeriodEnd: true }, '2026-02-28', ['CANCELLED', false]],
    ['what costs nothing goes on', { price: 0n }, '2031-01-01', ['ACTIVE', true]],
  ] as const)('%s', (_name, change, now, expected) => {
    expect(stands(change, now)).toEqual(expected);
  });

  test('who paid more is never worse off, and time only takes away', () => {
    const anyDays = fc.integer({ min: 0, max: 900 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), anyDays, anyDays, (paidPeriods, one, other) => {
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)].map(
          (days) => new Date(createdAt.getTime() + days * DAY_MS),
        ) as [Date, Date];
        const at = (now: Date, paid = paidPeriods) => standingOf({ ...monthly, paidPeriods: paid }, now);
        if (at(later).isEntitled) expect(at(sooner).isEntitled).toBe(true);
        if (at(later).isEntitled) expect(at(later, paidPeriods + 1).isEntitled).toBe(true);
        const { paidThrough, isEntitled } = at(later);
        expect(isEntitled).toBe(paidThrough !== null && later.getTime() < paidThrough.getTime() + GRACE_MS);
      }),
    );
  });
});

test('whatever part comes back and whenever months are booked, a price becomes income exactly', () => {
  const anyTurns = fc.array(
    fc.record({ days: fc.integer({ min: 0, max: 200 }), back: fc.bigInt({ min: 0n, max: 40n }) }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 10_000n }), anyTurns, (price, turns) => {
      const earned = new Map<number, bigint>();
      let [netMinor, now] = [price, createdAt];
      const sum = (): bigint => [...earned.values()].reduce((total, part) => total + part, 0n);
      const book = (): void => {
        const period = { anchor: createdAt, interval: 'YEAR', place: 0, netMinor, earned } as const;
        for (const { end, earnedMinor } of slicesDue(period, now)) {
          expect(end <= now && !earned.has(end.getTime())).toBe(true);
          earned.set(end.getTime(), earnedMinor);
        }
      };
      for (const { days, back } of turns) {
        now = new Date(now.getTime() + days * DAY_MS);
        book();
        // Nothing goes back that is income already.
        if (netMinor - back >= sum()) netMinor -= back;
      }
      now = addMonths(now, 12);
      book();
      expect(sum()).toBe(netMinor);
    }),
  );
});
