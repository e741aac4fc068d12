import type { Reading } from './language.ts';

export interface Money {
  amountMinor: number;
  currency: string;
}

/** An amount as people write it there: `৳500`, `€12.50`. The currency's own digits; none where all of them are zero. */
export const money = ({ locale }: Pick<Reading, 'locale'>, { amountMinor, currency }: Money): string => {
  const style = { style: 'currency', currency } as const;
  const usual = new Intl.NumberFormat(locale, style);
  const digits = usual.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = amountMinor / 10 ** digits;
  const symbol = usual.formatToParts(amount).find(({ type }) => type === 'currency')?.value;
  // A code alone says less to people of the place than the sign they know; a sign that several share stays with its country.
  const currencyDisplay = symbol === currency ? 'narrowSymbol' : 'symbol';
  const whole = Number.isInteger(amount) ? { minimumFractionDigits: 0 } : {};
  return new Intl.NumberFormat(locale, { ...style, currencyDisplay, ...whole }).format(amount);
};

/** A share in hundredths of a percent: `15 %`, `7.5 %`. */
export const percent = ({ locale }: Pick<Reading, 'locale'>, basisPoints: number): string =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);

interface Span {
  startDate: string;
  endDate: string;
  timeZone: string;
}

const parts = (locale: string, timeZone: string, options: Intl.DateTimeFormatOptions, at: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, ...options }).format(new Date(at));

const DAY = { weekday: 'long', day: 'numeric', month: 'long' } as const;
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** The day there; with its year unless that is this one. */
export const dayOf = ({ locale }: Pick<Reading, 'locale'>, at: string, timeZone: string, now: Date): string => {
  const yearOf = (time: string) => parts(locale, timeZone, { year: 'numeric' }, time);
  const year = yearOf(at) === yearOf(now.toISOString()) ? {} : ({ year: 'numeric' } as const);
  return parts(locale, timeZone, { ...DAY, ...year }, at);
};

/** The clock there. */
export const timeOf = ({ locale }: Pick<Reading, 'locale'>, at: string, timeZone: string): string =>
  parts(locale, timeZone, TIME, at);

/** Day and clock there, of one instant. */
export const momentOf = (reading: Pick<Reading, 'locale'>, at: string, timeZone: string, now: Date): string =>
  `${dayOf(reading, at, timeZone, now)}, ${timeOf(reading, at, timeZone)}`;

/** From when until when, by the clocks of the place: the day is said once where both are in it. */
export const spanOf = (reading: Pick<Reading, 'locale'>, span: Span, now: Date): string => {
  const { startDate, endDate, timeZone } = span;
  const [first, last] = [dayOf(reading, startDate, timeZone, now), dayOf(reading, endDate, timeZone, now)];
  const [from, until] = [timeOf(reading, startDate, timeZone), timeOf(reading, endDate, timeZone)];
  return first === last ? `${first}, ${from} – ${until}` : `${first}, ${from} – ${last}, ${until}`;
};

/** A short day for a leaf of a calendar: `MAR` and `1`. */
export const leafOf = ({ locale }: Pick<Reading, 'locale'>, at: string, timeZone: string) => ({
  month: parts(locale, timeZone, { month: 'short' }, at).replace('.', ''),
  day: parts('en', timeZone, { day: 'numeric' }, at),
});

/** Names the clock of a zone: `Dhaka time` for Asia/Dhaka. */
export const zoneOf = ({ t }: Pick<Reading, 't'>, timeZone: string): string => {
  const place = timeZone.split('/').slice(1).at(-1)?.replaceAll('_', ' ');
  return place === undefined || timeZone.startsWith('Etc/') ? timeZone : t('{place} time', { place });
};

/** A text in so many characters at most, ended at a word. */
export const shortened = (text: string, most: number): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  return `${line.slice(0, most).replace(/\s+\S*$/u, '')}…`;
};
