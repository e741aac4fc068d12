import { z } from 'zod';
import { UpdateAudience, UpdateKind } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInput, Time } from '../../../kernel/wire.ts';

export const EventUpdate = z
  .object({
    id: Id,
    eventId: Id,
    authorId: Id,
    kind: z.enum(UpdateKind),
    audience: z.enum(UpdateAudience),
    title: z.string(),
    body: z.string(),
    isPinned: z.boolean(),
    publishedAt: Time,
  })
  .meta({ id: 'EventUpdate' });

const ofEvent = z.object({ eventId: Id });
const ofUpdate = ofEvent.extend({ updateId: Id });

export const publish = operation({
  name: 'eventUpdate.publish',
  summary:
    'Tell people about the event. PUBLIC goes into the event’s room, the others into the rooms of participants, of those who wait, or of the team.',
  access: 'user',
  durability: 'committed',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  rates: [{ limit: 20, windowSeconds: 3_600, by: 'actor' }],
  input: ofEvent.extend({
    title: line(200),
    body: text(20_000),
    kind: z.enum(UpdateKind).default('NEWS'),
    audience: z.enum(UpdateAudience).default('PUBLIC'),
    isPinned: z.boolean().default(false),
  }),
  output: EventUpdate,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/updates',
});

export const reach = operation({
  name: 'eventUpdate.reach',
  summary: 'How many people an update would be sent to, by its audience, for who runs the event.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: ofEvent,
  output: z.object({
    /** With a ticket; they are told of what is PUBLIC, too, which stands on the event’s page besides. */
    participants: z.int().min(0),
    waitlist: z.int().min(0),
    /** The team, the owner included. */
    staff: z.int().min(0),
  }),
  errors: [],
  http: 'GET /v1/events/{eventId}/update-reach',
});

export const pin = operation({
  name: 'eventUpdate.pin',
  summary: 'Pin an update, or take the pin away.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: ofUpdate.extend({ isPinned: z.boolean() }),
  output: EventUpdate,
  errors: [],
  http: 'PUT /v1/events/{eventId}/updates/{updateId}/pin',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'eventUpdate.delete',
  summary: 'Take an update back; who was told has read it already.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: ofUpdate,
  output: z.object({ updateId: Id }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/events/{eventId}/updates/{updateId}',
});

export const list = operation({
  name: 'eventUpdate.list',
  summary: 'What the team told people about the event, as far as it was meant for the caller, newest first.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: ofEvent.extend({ ...pageInput() }),
  output: page(EventUpdate),
  errors: [],
  http: 'GET /v1/events/{eventId}/updates',
});
