import { z } from 'zod';
import { NewEvent } from '../event/fields/contract.ts';
import type { EventInput } from '../event/make.ts';
import { slugOf } from '../event/slug.ts';
import { dateDigits, instantOf, wallClockAt } from './wall-clock.ts';

/** What the next events of a series are made from. */
export const Template = z.object({
  /** The first event as it was given, with later changes; its instants move along with each start. */
  event: NewEvent,
  /** Time of day, when it is no longer the rule’s. */
  startTime: z.string().nullable(),
  durationMs: z.int().min(1),
});
export type Template = z.output<typeof Template>;

/** The start of an occurrence: its own instant, or another time of the same local day. */
export const startOf = (occurrenceAt: Date, startTime: string | null, timeZone: string): Date => {
  if (startTime === null) return occurrenceAt;
  const [hour = 0, minute = 0] = startTime.split(':').map(Number);
  return instantOf({ ...wallClockAt(occurrenceAt, timeZone), hour, minute, second: 0 }, timeZone);
};

const isInstant = (name: string): boolean => /(At|From|Until)$/.test(name);

/** Moves every instant of an object, `salesEndAt` for one, by the same span. */
export const moveInstants = <T extends object>(fields: T, byMs: number): T =>
  // Safe: instants are replaced by instants.
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const isMoved = typeof value === 'string' && isInstant(name);
      return [name, isMoved ? new Date(Date.parse(value) + byMs).toISOString() : value];
    }),
  ) as T;

interface Occurrence {
  seriesId: string;
  occurrenceAt: Date;
  timeZone: string;
}

/** The input of one occurrence’s event. Its slug follows from title, day and series: made twice, it is the same. */
export const occurrenceInput = (
  { event, startTime, durationMs }: Template,
  { seriesId, occurrenceAt, timeZone }: Occurrence,
): EventInput => {
  const start = startOf(occurrenceAt, startTime, timeZone);
  const byMs = start.getTime() - Date.parse(event.startDate);
  const day = dateDigits(wallClockAt(occurrenceAt, timeZone));
  return {
    ...moveInstants(event, byMs),
    ...(event.ticketTypes ? { ticketTypes: event.ticketTypes.map((type) => moveInstants(type, byMs)) } : {}),
    slug: `${slugOf(event.title)}-${day}-${seriesId.slice(-8)}`,
    timeZone,
    startDate: start.toISOString(),
    endDate: new Date(start.getTime() + durationMs).toISOString(),
  };
};
