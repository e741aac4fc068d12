import { locale, plural, t } from './words.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format in the page's language; making one takes longer than using it. */
const formatOf = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, format);
  return format;
};

const time = () => formatOf({ hour: 'numeric', minute: '2-digit' });
const weekday = () => formatOf({ weekday: 'long' });
const date = () => formatOf({ day: 'numeric', month: 'long' });
const dateWithYear = () => formatOf({ day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = () => formatOf({ day: 'numeric', month: 'short' });

const DAY_MS = 86_400_000;

/** Midnight of a day in the reader's own zone, for telling days apart. */
const dayOf = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime();
const daysAgo = (at: Date, now: Date): number => Math.round((dayOf(now) - dayOf(at)) / DAY_MS);

export const timeOf = (iso: string): string => time().format(new Date(iso));

/** Names the day for a line between messages. */
export const dayName = (iso: string, now = new Date()): string => {
  const at = new Date(iso);
  const ago = daysAgo(at, now);
  if (ago === 0) return t('Today');
  if (ago === 1) return t('Yesterday');
  if (ago < 7) return weekday().format(at);
  return at.getFullYear() === now.getFullYear() ? date().format(at) : dateWithYear().format(at);
};

/** The shortest that says when, for a list. */
export const briefTime = (iso: string, now = new Date()): string => {
  const at = new Date(iso);
  const ago = daysAgo(at, now);
  if (ago === 0) return time().format(at);
  return ago < 7 ? weekday().format(at).slice(0, 3) : shortDate().format(at);
};

export const isSameDay = (a: string, b: string): boolean => dayOf(new Date(a)) === dayOf(new Date(b));

export const initialsOf = (name: string): string => {
  const words = name.trim().split(/\s+/);
  const [first = '', last = ''] = [words[0], words.length > 1 ? words.at(-1) : ''];
  return (Array.from(first)[0] ?? '?').toUpperCase() + (Array.from(last)[0] ?? '').toUpperCase();
};

/** One of eight hues, the same for the same person everywhere. FNV-1a: ids made together differ in a few letters only. */
export const hueOf = (id: string): number => {
  let hash = 0x811c9dc5;
  for (const letter of id) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return hash >>> 29;
};

/** "Ada", "Ada and Grace", "Ada, Grace and 2 others". */
export const listNames = (names: readonly string[], count = names.length): string => {
  const shown = names.slice(0, count > 3 ? 2 : 3);
  const others = count - shown.length;
  if (others > 0) {
    return plural(others, '{names} and {count} other', '{names} and {count} others', { names: shown.join(', ') });
  }
  return shown.length < 2 ? shown.join('') : new Intl.ListFormat(locale()).format(shown);
};

export const fullName = ({ firstName, lastName }: { firstName: string; lastName: string }): string =>
  `${firstName} ${lastName}`.trim();

/** An amount in minor units, such as cents, with its currency. */
export const money = (minor: number, currency: string): string => {
  const format = new Intl.NumberFormat(locale(), { style: 'currency', currency });
  const { maximumFractionDigits = 2 } = format.resolvedOptions();
  return format.format(minor / 10 ** maximumFractionDigits);
};

/** A day and time in a zone, such as "Fri, 4 Dec 2026, 20:00". @param zone IANA; the reader's own where it is left out */
export const dateTime = (iso: string, zone?: string): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(new Date(iso));

/** From and to in a zone; the day is said once where both are on it. */
export const span = (fromIso: string, toIso: string, zone: string): string =>
  new Intl.DateTimeFormat(locale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: 'numeric',
    minute: '2-digit',
    timeZone: zone,
    timeZoneName: 'short',
  }).formatRange(new Date(fromIso), new Date(toIso));

/** The reader's own zone (IANA). */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
