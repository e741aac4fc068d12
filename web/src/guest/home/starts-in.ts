import { locale, t } from '../../words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** When an event begins, seen from now: "in 2 hours", "tomorrow", "in 9 days". */
export const startsIn = ({ startDate, endDate }: { startDate: string; endDate: string }, nowMs: number): string => {
  const leftMs = Date.parse(startDate) - nowMs;
  if (leftMs <= 0) return Date.parse(endDate) > nowMs ? t('Going on now') : t('Over');
  const relative = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (leftMs < HOUR_MS) return relative.format(Math.ceil(leftMs / 60_000), 'minute');
  if (leftMs < DAY_MS) return relative.format(Math.round(leftMs / HOUR_MS), 'hour');
  return relative.format(Math.round(leftMs / DAY_MS), 'day');
};
