import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSchedule } from '../../../load/crowd/schedule.ts';

test('runs everything once, in the order in which it is due, and nothing before', () => {
  const times = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 60 });
  const looks = fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 10 });
  fc.assert(
    fc.property(times, looks, (dueTimes, moments) => {
      const schedule = createSchedule();
      const ran: number[] = [];
      for (const dueAt of dueTimes) schedule.add(dueAt, (due) => ran.push(due));
      for (const now of moments.toSorted((a, b) => a - b)) {
        schedule.runDue(now);
        expect(ran).toEqual(dueTimes.filter((dueAt) => dueAt <= now).toSorted((a, b) => a - b));
      }
      schedule.runDue(1_000);
      expect(ran).toEqual(dueTimes.toSorted((a, b) => a - b));
      expect(schedule.size()).toBe(0);
    }),
    { numRuns: 1_000 },
  );
});

test('what is added while it runs is run too, once it is due', () => {
  const schedule = createSchedule();
  const ran: number[] = [];
  const again = (dueAt: number): void => {
    ran.push(dueAt);
    if (dueAt < 50) schedule.add(dueAt + 10, again);
  };
  schedule.add(10, again);
  expect(schedule.runDue(35)).toBe(25);
  expect(ran).toEqual([10, 20, 30]);
  schedule.runDue(100);
  expect(ran).toEqual([10, 20, 30, 40, 50]);
});
