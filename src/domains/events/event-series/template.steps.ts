import { z } from 'zod';
import { NewEvent } from '../event/fields/contract.ts';
import { type EventInput, GENERAL } from '../event/make.steps.ts';
import { slugOf } from '../event/slug.rules.ts';
import { NewTicketType } from '../event/ticket-types/contract.ts';
import { presentFields, toTimeOrNull } from '../times.rules.ts';
import { Distances, distancesOf, type Windows, windowsAt, windowsIn, withoutWindows } from '../windows.rules.ts';
import { dateDigits, instantOf, wallClockAt } from './wall-clock.rules.ts';

const TemplateType = NewTicketType.extend({ distances: Distances.optional() });

/** What the next events of a series are made from. */
export const Template = z.object({
  /** The first event as it was given, with later changes; its windows are distances from the start of each event. */
  event: NewEvent.extend({ distances: Distances.optional(), ticketTypes: z.array(TemplateType).optional() }),
  /** Time of day, when it is no longer the rule’s. */
  startTime: z.string().nullable(),
  durationMs: z.int().min(1),
});
export type Template = z.output<typeof Template>;
type TypeOfTemplate = z.output<typeof TemplateType>;

/** Fields with windows as a client gives them, or as an older template holds them. */
type Absolute = Parameters<typeof windowsIn>[0] & { distances?: Distances | undefined };

/** Measures the windows of an object from a start, beside what was measured before. */
export const measured = <T extends Absolute>(fields: T, start: Date, timeZone: string) => ({
  ...withoutWindows(fields),
  distances: { ...fields.distances, ...distancesOf(windowsIn(fields), start, timeZone) },
});

/** The template of a series. One that was written with instants is measured from its first start. */
export const readTemplate = ({ template, timeZone }: { template: unknown; timeZone: string }): Template => {
  const { event, ...rest } = Template.parse(template);
  return { ...rest, event: measureEvent(event, timeZone) };
};

/** Measures the windows of an event and of its kinds of tickets from its start. */
export const measureEvent = (event: Template['event'], timeZone: string): Template['event'] => {
  const start = new Date(event.startDate);
  const ticketTypes = (event.ticketTypes ?? [generalType(event)]).map((type) => measured(type, start, timeZone));
  return { ...measured(event, start, timeZone), ticketTypes };
};

/** The one kind of ticket of an event that names none. */
const generalType = ({ price, maxParticipants }: EventInput): TypeOfTemplate => ({
  name: GENERAL,
  ...presentFields({ price, capacity: maxParticipants }),
});

/** The start of an occurrence: its own instant, or another time of the same local day. */
export const startOf = (occurrenceAt: Date, startTime: string | null, timeZone: string): Date => {
  if (startTime === null) return occurrenceAt;
  const [hour = 0, minute = 0] = startTime.split(':').map(Number);
  return instantOf({ ...wallClockAt(occurrenceAt, timeZone), hour, minute, second: 0 }, timeZone);
};

interface Occurrence {
  seriesId: string;
  occurrenceAt: Date;
  timeZone: string;
}

/** The input of one occurrence’s event. Its slug follows from title, day and series: made twice, it is the same. */
export const occurrenceInput = (
  { event: { distances, ticketTypes, ...event }, startTime, durationMs }: Template,
  { seriesId, occurrenceAt, timeZone }: Occurrence,
): EventInput => {
  const start = startOf(occurrenceAt, startTime, timeZone);
  const day = dateDigits(wallClockAt(occurrenceAt, timeZone));
  const place = (by: Distances = {}) => asInput(windowsAt(by, start, timeZone));
  return {
    ...event,
    ...place(distances),
    ...(ticketTypes
      ? { ticketTypes: ticketTypes.map(({ distances: by, ...type }) => ({ ...type, ...place(by) })) }
      : {}),
    slug: `${slugOf(event.title)}-${day}-${seriesId.slice(-8)}`,
    timeZone,
    startDate: start.toISOString(),
    endDate: new Date(start.getTime() + durationMs).toISOString(),
  };
};

/** Windows as a client would give them. */
const asInput = (windows: Windows): { [Name in keyof Windows]?: string | null } =>
  Object.fromEntries(Object.entries(windows).map(([name, at]) => [name, toTimeOrNull(at ?? null)]));
