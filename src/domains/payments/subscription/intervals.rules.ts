import type { PlanInterval } from '../../../generated/prisma/enums.ts';

/** Months of each interval. */
export const MONTHS: Readonly<Record<PlanInterval, number>> = { MONTH: 1, QUARTER: 3, YEAR: 12 };

/**
 * A moment so many months later, UTC. Counted from the beginning every time, so that 31 January, one month and then
 * another is 31 March, though February has no such day.
 */
export const addMonths = (start: Date, months: number): Date => {
  const moved = new Date(start);
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(start.getUTCDate(), lastDay));
  return moved;
};
