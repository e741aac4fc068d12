import type { InputOf } from '../../../kernel/contract.ts';
import { invalidField } from '../../../kernel/errors.ts';
import type { EventRow, TicketTypeRow } from '../event/event.reads.ts';
import { checkOrderSize } from '../event/ticket-types/check.ts';
import { presentFields } from '../times.rules.ts';
import { type Distances, movedWindows, type Windows, windowsAt, windowsIn } from '../windows.rules.ts';
import type { edit } from './contract.ts';
import { measured, startOf, type Template } from './template.steps.ts';

type Input = Omit<InputOf<typeof edit>, 'eventId' | 'scope' | 'ticketTypes'>;
/** A change to one kind of ticket, as it is asked for. */
export type TypeChange = NonNullable<InputOf<typeof edit>['ticketTypes']>[number];

type Measured<T> = Omit<T, keyof Distances> & { distances: Distances };

interface Dated {
  startTime?: string | undefined;
  durationMinutes?: number | undefined;
  /** As it is before the change. */
  template: Template;
  /** Of the series. */
  timeZone: string;
}

/** A change to events of a series. Windows are distances from the start that each event has after it. */
export interface SeriesChange extends Dated {
  fields: Measured<Omit<Input, 'startTime' | 'durationMinutes'>>;
  types: Measured<TypeChange>[];
}

interface Asked extends Pick<SeriesChange, 'template' | 'timeZone'> {
  input: Input;
  ticketTypes: TypeChange[];
}

type DatedEvent = Pick<EventRow, 'startDate' | 'endDate' | 'occurrenceAt'>;

/** Measures a change whose windows are given as instants of one event, as it is after the change. */
export const measureChange = (event: DatedEvent, { input, ticketTypes, ...rest }: Asked): SeriesChange => {
  const { startTime, durationMinutes, ...fields } = input;
  const dated = { ...rest, startTime, durationMinutes };
  const { startDate } = datesAfter(dated, event);
  return {
    ...dated,
    fields: measured(fields, startDate, rest.timeZone),
    types: ticketTypes.map((change) => measured(change, startDate, rest.timeZone)),
  };
};

/** An event’s dates after the change; who was moved to another day by hand keeps it. */
const datesAfter = (
  { startTime, durationMinutes, template, timeZone }: Dated,
  { startDate, endDate, occurrenceAt }: DatedEvent,
) => {
  const lastedMs = endDate.getTime() - startDate.getTime();
  const durationMs = durationMinutes === undefined ? lastedMs : durationMinutes * 60_000;
  const dated = (start: Date) => ({ startDate: start, endDate: new Date(start.getTime() + durationMs) });
  if (startTime === undefined) return dated(startDate);
  const usual = occurrenceAt && startOf(occurrenceAt, template.startTime, timeZone);
  // The day that the rule gave: where clocks skipped the time, the start may have come to lie on the next one.
  const day = occurrenceAt && usual?.getTime() === startDate.getTime() ? occurrenceAt : startDate;
  return dated(startOf(day, startTime, timeZone));
};

/**
 * Fields of an event after the change, as its row has them. Where the start moves, registration opens and closes as far
 * from it as it did, unless the change says otherwise.
 */
export const fieldsAfter = (change: SeriesChange, event: DatedEvent & Windows, now: Date) => {
  const { distances, ...fields } = change.fields;
  const dates = datesAfter(change, event);
  const moved = movedWith(change, event, { windows: windowsIn(event), usual: change.template.event.distances, now });
  return presentFields({ ...fields, ...moved, ...windowsAt(distances, dates.startDate, change.timeZone), ...dates });
};

/** Windows of a kind of ticket after its event’s start has moved. */
export const typeWindowsAfter = (
  change: SeriesChange,
  event: DatedEvent,
  { type, now }: { type: Pick<TicketTypeRow, 'name'> & Windows; now: Date },
): Windows => {
  const usual = change.template.event.ticketTypes?.find(({ name }) => name === type.name)?.distances;
  return movedWith(change, event, { windows: windowsIn(type), usual, now });
};

interface Moving {
  windows: Windows;
  usual: Distances | undefined;
  now: Date;
}

const movedWith = (change: SeriesChange, event: DatedEvent, { windows, ...rest }: Moving): Windows => {
  const to = datesAfter(change, event).startDate;
  if (to.getTime() === event.startDate.getTime()) return {};
  return movedWindows(windows, { from: event.startDate, to, timeZone: change.timeZone, ...rest });
};

/** A change to one kind of ticket of one event, its sale window as instants. */
export type PlacedChange = Omit<TypeChange, keyof Distances> & Pick<Windows, 'salesStartAt' | 'salesEndAt'>;

/** The changes to an event’s kinds of tickets, for an event whose dates were changed already. */
export const typesAfter = (
  { types, timeZone }: SeriesChange,
  { startDate }: Pick<DatedEvent, 'startDate'>,
): PlacedChange[] =>
  types.map(({ distances, ...change }) => ({ ...change, ...windowsAt(distances, startDate, timeZone) }));

/** The template, after the change, for the events to come. @throws INVALID_INPUT for a window that ends before it begins */
export const retell = ({ template, fields, types, startTime, durationMinutes }: SeriesChange): Template => {
  const { distances, ...others } = fields;
  const ticketTypes = template.event.ticketTypes?.map((type) => retype(type, types));
  const event = {
    ...template.event,
    ...presentFields(others),
    ...(ticketTypes ? { ticketTypes } : {}),
    distances: merged(template.event.distances, distances),
  };
  return {
    event,
    startTime: startTime ?? template.startTime,
    durationMs: durationMinutes === undefined ? template.durationMs : durationMinutes * 60_000,
  };
};

type TemplateType = NonNullable<Template['event']['ticketTypes']>[number];

const retype = (type: TemplateType, changes: SeriesChange['types']): TemplateType => {
  const change = changes.find(({ name }) => name === type.name);
  if (!change) return type;
  const { name, newName = name, distances, ...fields } = change;
  const retold = { ...type, ...presentFields(fields), name: newName, distances: merged(type.distances, distances) };
  checkOrderSize({ minPerOrder: retold.minPerOrder ?? 1, capacity: retold.capacity ?? null, eventCapacity: null });
  return retold;
};

const ENDS = [
  ['registrationOpensAt', 'registrationClosesAt'],
  ['salesStartAt', 'salesEndAt'],
] as const;

/** @throws INVALID_INPUT for a window that ends before it begins: no event to come could be made with it */
const merged = (before: Distances | undefined, change: Distances): Distances => {
  const after = { ...before, ...change };
  for (const [from, until] of ENDS) {
    if (after[from] == null || after[until] == null || after[until] > after[from]) continue;
    throw invalidField(until, `must be later than ${from}`);
  }
  return after;
};
