import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { text } from '../../../kernel/texts.ts';
import { Id, pageInput, Time } from '../../../kernel/wire.ts';
import { EventSummary } from '../shapes/contract.ts';

export const SavedEvent = z
  .object({ eventId: Id, note: z.string().nullable(), remindAt: Time.nullable(), savedAt: Time })
  .meta({ id: 'SavedEvent' });

const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;

export const add = operation({
  name: 'savedEvent.add',
  summary: 'Put an event on the caller’s list; again, to change the note or the reminder.',
  access: 'user',
  durability: 'committed',
  rates,
  input: z.object({ eventId: Id, note: text(500).nullable().optional(), remindAt: Instant.nullable().optional() }),
  output: SavedEvent,
  errors: ['CONFLICT'],
  http: 'PUT /v1/me/saved-events/{eventId}',
});

export const remove = operation({
  name: 'savedEvent.remove',
  summary: 'Take an event off the caller’s list.',
  access: 'user',
  durability: 'committed',
  rates,
  input: z.object({ eventId: Id }),
  output: z.object({ eventId: Id }),
  errors: [],
  http: 'DELETE /v1/me/saved-events/{eventId}',
});

export const list = operation({
  name: 'savedEvent.list',
  summary: 'The caller’s list, latest first. Events the caller may no longer see are left out.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ ...pageInput() }),
  output: z.object({ items: z.array(SavedEvent.extend({ event: EventSummary })), nextCursor: z.string().nullable() }),
  errors: [],
  http: 'GET /v1/me/saved-events',
});
