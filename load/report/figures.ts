import { readable } from './table.ts';

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Milliseconds as people read them: `0.42 ms`, `57.9 ms`, `1.2 s`. */
export const time = (ms: number): string => (ms >= 1000 ? `${readable(ms / 1000)} s` : `${readable(ms)} ms`);

/** Bytes as people read them: `183 MiB`, `15.6 GiB`. */
export const memory = (bytes: number): string =>
  bytes >= GIB ? `${readable(bytes / GIB)} GiB` : `${readable(bytes / MIB)} MiB`;

/** A length of time in whole seconds: `45 s`, `3 min`, `3 min 20 s`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes === 0) return `${whole} s`;
  return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
}

/** A share in percent, with as many digits as a small one needs: `0.04 %`. */
export const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Number(((100 * part) / whole).toPrecision(2))} %`;

/** A value in a unit of a report's series, or of the server's own. */
export function inUnit(value: number, unit: string): string {
  if (unit === 'ms') return time(value);
  if (unit === 'bytes') return memory(value);
  if (unit === 's' && value < 1) return time(value * 1000);
  if (unit === '1/s') return `${readable(value)}/s`;
  if (unit === '' || unit === 'connections') return readable(value);
  return `${readable(value)} ${unit}`;
}

/** What an expectation found, in the unit its text asks for. */
export function found({ text, value }: { text: string; value: number | null }): string {
  if (value === null) return 'not measured';
  if (text.endsWith('%')) return `${Number(value.toPrecision(3))} %`;
  return /\ds$|ms$/.test(text) ? time(value) : value.toLocaleString('en-US');
}

/** A count with its noun: `1 connection`, `2,000 connections`. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;

/** A name of the code in words: `chargedWithoutSeat` is `charged without seat`. */
export const inWords = (name: string): string =>
  name.replace(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`);

/** How long a run took, in s, from its first connection to its last answer. */
export const elapsedSeconds = ({ startedAt, endedAt }: { startedAt: string; endedAt: string }): number =>
  Math.max(0, (Date.parse(endedAt) - Date.parse(startedAt)) / 1000);
