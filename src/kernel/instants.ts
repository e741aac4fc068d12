import { z } from 'zod';

const FIRST_MS = Date.UTC(2000, 0);
const END_MS = Date.UTC(2201, 0);

/** Of the zones there are; PostgreSQL takes none beyond ±15:59. */
const MAX_OFFSET = /(?:Z|[+-](?:0\d|1[0-4]):?\d\d)$/;

/**
 * An instant as a client gives it, with any zone's offset, in the years 2000 to 2200 of UTC: what lies beyond is a slip,
 * and far beyond PostgreSQL and JavaScript do not agree any more on what it is.
 */
export const Instant = z.iso
  .datetime({ offset: true })
  .refine((text) => MAX_OFFSET.test(text), { message: 'has an offset that no time zone has' })
  .refine(
    (text) => {
      const atMs = Date.parse(text);
      return atMs >= FIRST_MS && atMs < END_MS;
    },
    { message: 'must lie in the years 2000 to 2200' },
  );

/** The years 1 to 9999: PostgreSQL takes more, and JavaScript's text of it other ones. */
const STORED_FROM_MS = Date.parse('0001-01-01T00:00:00Z');
const STORED_UNTIL_MS = Date.UTC(10_000, 0);

/** Whether a row can have this time, in milliseconds since 1970: what a cursor names must be one. */
export const isStoredTime = (atMs: number): boolean => atMs >= STORED_FROM_MS && atMs < STORED_UNTIL_MS;

const isZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/** A place of the IANA time zone database; an offset alone would not know of summer time. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, { message: 'must be an IANA zone, as Asia/Dhaka', abort: true })
  .refine(isZone, 'is not a zone of the IANA time zone database');
