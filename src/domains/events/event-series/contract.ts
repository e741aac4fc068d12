import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { NewEvent, optionalFields } from '../event/fields/contract.ts';
import { MAX_TICKET_TYPES, Price } from '../event/ticket-types/contract.ts';
import { Capacity, EventSummary } from '../shapes/contract.ts';

/** Occurrences that an answer shows. */
export const MAX_SHOWN = 100;

const RecurrenceRule = z
  .string()
  .max(500)
  .regex(/^[A-Z]+=[A-Z0-9,+-]+(;[A-Z]+=[A-Z0-9,+-]+)*$/, 'must be an RRULE of RFC 5545, as FREQ=WEEKLY;BYDAY=TU');

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day, as 18:30');

export const EventSeries = z
  .object({
    id: Id,
    hostId: Id,
    title: z.string(),
    recurrenceRule: z.string(),
    timeZone: z.string(),
    startsAt: Time,
    /** No occurrence at or after this; null is open. */
    endsAt: Time.nullable(),
    /** Every occurrence up to here is an event. */
    generatedUntil: Time.nullable(),
    /** The next ones, in order. */
    events: z.array(EventSummary.extend({ occurrenceAt: Time.nullable() })),
  })
  .meta({ id: 'EventSeries' });

/** A series without its events, as lists show it. */
export const EventSeriesSummary = EventSeries.omit({ events: true })
  .extend({
    /** Start of its next event that has not begun; null when there is none. */
    nextStartDate: Time.nullable(),
  })
  .meta({ id: 'EventSeriesSummary' });

const ofSeries = z.object({ seriesId: Id });
const { slug: _slug, timeZone: _zone, ...ofEvents } = NewEvent.shape;
const { timeZone: _otherZone, ...editable } = optionalFields;

/** A change to one kind of ticket in every event that the edit is about. */
const TicketTypeChange = z.object({
  /** As it is called before the change. */
  name: line(100),
  newName: line(100).optional(),
  price: Price.optional(),
  capacity: Capacity.optional(),
  /** Of the event where the change begins, as it is after it; in the others as far from their start, on the wall clock. */
  salesStartAt: Instant.nullable().optional(),
  salesEndAt: Instant.nullable().optional(),
});

/** What was not changed in one event: somebody has a ticket of the kind, or the event has no such kind. */
const LeftAlone = z.object({
  eventId: Id,
  ticketType: z.string(),
  reason: z.enum(['SOLD', 'MISSING']),
  fields: z.array(z.enum(['newName', 'price', 'capacity', 'salesStartAt', 'salesEndAt'])),
});

const series = {
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  output: EventSeries,
  errors: ['CONFLICT'],
} as const;

export const create = operation({
  ...series,
  name: 'eventSeries.create',
  summary:
    'Make events that repeat by an RRULE on the wall clock of their zone. startDate is the first of them. Events are made for twelve weeks ahead, or the next twelve of a year, and go on being made.',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  input: z.object({ ...ofEvents, timeZone: optionalFields.timeZone, recurrenceRule: RecurrenceRule }),
  http: 'POST /v1/event-series',
});

export const preview = operation({
  name: 'eventSeries.preview',
  summary:
    'The first occurrences of a rule, as eventSeries.create would make them: 100 at most, within two years of the first. Nothing is kept.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    /** The first of them. */
    startDate: Instant,
    timeZone: optionalFields.timeZone,
    recurrenceRule: RecurrenceRule,
  }),
  output: z.object({
    occurrences: z.array(Time).max(MAX_SHOWN),
    /** There are more than are shown. */
    hasMore: z.boolean(),
  }),
  errors: [],
  http: 'GET /v1/event-series-preview',
});

export const get = operation({
  name: 'eventSeries.get',
  summary: 'A series of the caller’s with its next events.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: ofSeries,
  output: EventSeries,
  errors: [],
  http: 'GET /v1/event-series/{seriesId}',
});

export const list = operation({
  name: 'eventSeries.list',
  summary: 'The series the caller hosts, newest first.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    /** `nextCursor` of the page before. */
    ...pageInputById(),
  }),
  output: page(EventSeriesSummary),
  errors: [],
  http: 'GET /v1/me/event-series',
});

export const edit = operation({
  ...series,
  name: 'eventSeries.edit',
  summary:
    'Change one event of a series, or it and all that follow, those to come included. Where tickets of a kind are claimed or sold, only its capacity grows; `leftAlone` says what stayed.',
  scopes: ['EVENTS_WRITE'],
  input: z.object({
    /** The event where the change begins. */
    eventId: Id,
    scope: z.enum(['THIS', 'FOLLOWING']),
    title: line(200).optional(),
    description: text(50_000).optional(),
    /** On the wall clock of the series’ zone; each event keeps its day, and its windows move with its start. */
    startTime: LocalTime.optional(),
    durationMinutes: z
      .int()
      .min(1)
      .max(60 * 24 * 31)
      .optional(),
    ticketTypes: z.array(TicketTypeChange).min(1).max(MAX_TICKET_TYPES).optional(),
    ...editable,
    /** Of the event where the change begins, as `ticketTypes.salesStartAt`. */
    registrationOpensAt: Instant.nullable().optional(),
    registrationClosesAt: Instant.nullable().optional(),
  }),
  output: EventSeries.extend({ leftAlone: z.array(LeftAlone) }),
  http: 'PATCH /v1/event-series/events/{eventId}',
});

export const publish = operation({
  ...series,
  name: 'eventSeries.publish',
  summary: 'Put the drafts of a series on sale, and those to come as they are made.',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  input: ofSeries,
  http: 'POST /v1/event-series/{seriesId}/publish',
});

export const end = operation({
  ...series,
  name: 'eventSeries.end',
  summary: 'Let a series end: no event is made from then on, drafts after it are thrown away, published ones stay.',
  scopes: ['EVENTS_WRITE'],
  input: ofSeries.extend({
    /** Now when absent. */
    endsAt: Instant.optional(),
  }),
  http: 'POST /v1/event-series/{seriesId}/end',
});
