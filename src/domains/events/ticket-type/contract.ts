import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';
import { MAX_TICKET_TYPES, NewTicketType, Price, ticketTypeFields } from '../event/ticket-types/contract.ts';
import { Capacity, TicketType } from '../shapes/contract.ts';

const ofEvent = z.object({ eventId: Id });
const ofType = ofEvent.extend({ ticketTypeId: Id });
const rates = [{ limit: 120, windowSeconds: 60, by: 'actor' }] as const;

export const create = operation({
  name: 'ticketType.create',
  summary: 'Add a kind of ticket to an event.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent.extend(NewTicketType.shape),
  output: TicketType,
  errors: ['CONFLICT'],
  http: 'POST /v1/events/{eventId}/ticket-types',
});

export const edit = operation({
  name: 'ticketType.edit',
  summary:
    'Change a kind of ticket; what is absent stays. Bookings keep what they were made with. A capacity below what is claimed closes the type to new claims.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofType.extend({
    name: line(100).optional(),
    price: Price.optional(),
    capacity: Capacity.optional(),
    ...ticketTypeFields,
  }),
  output: TicketType,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/events/{eventId}/ticket-types/{ticketTypeId}',
});

/** `delete` is a reserved word. */
export const remove = operation({
  name: 'ticketType.delete',
  summary: 'Remove a kind of ticket nobody ever claimed; close one that was.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofType,
  output: z.object({ ticketTypeId: Id }),
  errors: ['CONFLICT'],
  http: 'DELETE /v1/events/{eventId}/ticket-types/{ticketTypeId}',
});

export const reorder = operation({
  name: 'ticketType.reorder',
  summary: 'Put all kinds of ticket of an event in order.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofEvent.extend({ ticketTypeIds: z.array(Id).min(1).max(MAX_TICKET_TYPES) }),
  output: z.object({ ticketTypeIds: z.array(Id) }),
  errors: ['CONFLICT'],
  http: 'PUT /v1/events/{eventId}/ticket-types/order',
});

export const list = operation({
  name: 'ticketType.list',
  summary: 'The kinds of ticket of an event in order; those with a code are shown to who gives a valid one.',
  access: 'public',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'address' }],
  input: ofEvent.extend({ promoCode: line(40).optional() }),
  output: z.object({ items: z.array(TicketType) }),
  errors: [],
  http: 'GET /v1/events/{eventId}/ticket-types',
});
