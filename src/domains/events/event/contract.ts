import { z } from 'zod';
import { EventCancellationReason, EventStatus } from '../../../generated/prisma/enums.ts';
import { operation, room, signal } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInput, Time } from '../../../kernel/wire.ts';
import { Money } from '../../payments/money/contract.ts';
import { EventSummary, EventView, Slug } from '../shapes/contract.ts';
import { NewEvent, optionalFields } from './fields/contract.ts';

export const eventRoom = room({
  name: 'event:{eventId}',
  summary: 'What changes about one event: announcements, what it says of itself, how many seats are left.',
});

const ofEvent = z.object({ eventId: Id });
const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;
const note = text(2_000).nullable().optional();

export const create = operation({
  name: 'event.create',
  summary: 'Make an event, with its kinds of tickets; the caller is its host.',
  access: 'user',
  durability: 'committed',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: NewEvent,
  output: EventView,
  errors: ['CONFLICT'],
  http: 'POST /v1/events',
});

export const get = operation({
  name: 'event.get',
  summary: 'An event by its id or its slug, as far as the caller may see it.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 1_200, windowSeconds: 60, by: 'address' }],
  input: z.object({
    /** An id or a slug. */
    eventId: z
      .string()
      .max(120)
      .regex(/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/, 'must be an id or a slug'),
    /** Shows kinds of tickets that are hidden until a code is given. */
    promoCode: line(40).optional(),
  }),
  output: EventView,
  errors: [],
  http: 'GET /v1/events/{eventId}',
});

export const edit = operation({
  name: 'event.edit',
  summary:
    'Change what an event says of itself; what is absent stays. A capacity below what is claimed closes new claims only.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent.extend({
    title: line(200).optional(),
    description: text(50_000).optional(),
    startDate: Instant.optional(),
    endDate: Instant.optional(),
    slug: Slug.optional(),
    ...optionalFields,
  }),
  output: EventView,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/events/{eventId}',
});

export const setCover = operation({
  name: 'event.setCover',
  summary: 'Choose one of the caller’s own pictures as the event’s cover, or none.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofEvent.extend({ assetId: Id.nullable() }),
  output: EventView,
  errors: ['CONFLICT'],
  http: 'PUT /v1/events/{eventId}/cover',
});

const step = {
  access: 'user',
  durability: 'committed',
  rates,
  output: EventView,
  errors: ['CONFLICT'],
} as const;

export const publish = operation({
  ...step,
  name: 'event.publish',
  summary: 'Put a draft on sale. Where the platform demands review, submit it instead.',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent,
  http: 'POST /v1/events/{eventId}/publish',
});

export const submitForReview = operation({
  ...step,
  name: 'event.submitForReview',
  summary: 'Ask staff to look at a draft; it is published when they approve.',
  feature: 'HOSTING',
  input: ofEvent,
  http: 'POST /v1/events/{eventId}/submit',
});

export const withdraw = operation({
  ...step,
  name: 'event.withdraw',
  summary: 'Take an event back from review; it is a draft again.',
  input: ofEvent,
  http: 'POST /v1/events/{eventId}/withdraw',
});

export const review = operation({
  ...step,
  name: 'event.review',
  summary: 'Publish an event that waits for review, or send it back with a reason.',
  access: 'staff',
  input: ofEvent.extend({ decision: z.enum(['APPROVE', 'REJECT']), reason: note }),
  http: 'POST /v1/events/{eventId}/review',
});

export const postpone = operation({
  ...step,
  name: 'event.postpone',
  summary: 'Say that the event will be later than announced. Bookings stay; nothing is sold until it is rescheduled.',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent.extend({ note }),
  http: 'POST /v1/events/{eventId}/postpone',
});

export const reschedule = operation({
  ...step,
  name: 'event.reschedule',
  summary: 'Give a postponed event its new dates and put it on sale again.',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent.extend({ startDate: Instant, endDate: Instant }),
  http: 'POST /v1/events/{eventId}/reschedule',
});

export const cancel = operation({
  ...step,
  name: 'event.cancel',
  summary: 'Call an event off for good: its bookings are cancelled and paid back in full. Moderators may, too.',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent.extend({ reason: z.enum(EventCancellationReason).default('OTHER'), note }),
  http: 'POST /v1/events/{eventId}/cancel',
});

export const complete = operation({
  ...step,
  name: 'event.complete',
  summary: 'Say that an event that has begun is over; at its end this happens by itself.',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent,
  http: 'POST /v1/events/{eventId}/complete',
});

export const archive = operation({
  ...step,
  name: 'event.archive',
  summary: 'Put a finished or cancelled event away: lists no longer hold it.',
  scopes: ['EVENTS_WRITE'],
  input: ofEvent,
  http: 'POST /v1/events/{eventId}/archive',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'event.delete',
  summary: 'Throw a draft away.',
  access: 'user',
  durability: 'committed',
  rates,
  input: ofEvent,
  output: z.object({ eventId: Id }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/events/{eventId}',
});

export const list = operation({
  name: 'event.list',
  summary: 'The events the caller hosts or works for, latest start first; with `section` UPCOMING the soonest first.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    status: z.enum(EventStatus).optional(),
    /** The section of the list: events that come or go on, drafts, events that are over, and events that were called off. */
    section: z.enum(['UPCOMING', 'DRAFT', 'PAST', 'CANCELLED']).optional(),
    /** Archived ones instead of the others. */
    archived: z.boolean().default(false),
    ...pageInput(),
  }),
  output: page(EventSummary),
  errors: [],
  http: 'GET /v1/me/events',
});

export const announced = signal({
  name: 'event.announced',
  summary: 'The team told everyone who may see the event something.',
  room: eventRoom,
  data: z.object({
    eventId: Id,
    updateId: Id,
    kind: z.string(),
    title: z.string(),
    body: z.string(),
    isPinned: z.boolean(),
    publishedAt: Time,
  }),
});

export const updated = signal({
  name: 'event.updated',
  summary:
    'The event changed. `changed` names the fields; the data hold what lists show, the rest is asked by event.get.',
  room: eventRoom,
  data: z.object({
    eventId: Id,
    changed: z.array(z.string()),
    status: z.enum(EventStatus),
    title: z.string(),
    startDate: Time,
    endDate: Time,
    timeZone: z.string(),
    venue: z.string().nullable(),
    price: Money,
  }),
});
