import { z } from 'zod';
import { TicketKind, TicketTypeStatus, TicketVisibility } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';
import { ChargeMinor, CurrencyCode } from '../../payments/money/contract.ts';
import { Capacity, TicketType } from '../shapes/contract.ts';

/** Ticket types of one event. */
export const MAX_TICKET_TYPES = 50;

/** A price: minor units of the event’s currency, or with that currency beside them. */
export const Price = z.union([ChargeMinor, z.object({ amountMinor: ChargeMinor, currency: CurrencyCode })]);
const PerOrder = z.int().min(1).max(1_000);

const optional = {
  description: text(2_000).nullable().optional(),
  kind: z.enum(TicketKind).optional(),
  visibility: z.enum(TicketVisibility).optional(),
  status: z.enum(TicketTypeStatus).optional(),
  minPerOrder: PerOrder.optional(),
  maxPerOrder: PerOrder.optional(),
  oneActivePerUser: z.boolean().optional(),
  approvalRequired: z.boolean().optional(),
  transferable: z.boolean().optional(),
  salesStartAt: Instant.nullable().optional(),
  salesEndAt: Instant.nullable().optional(),
  validFrom: Instant.nullable().optional(),
  validUntil: Instant.nullable().optional(),
  taxRateId: Id.nullable().optional(),
};

/** A ticket type to be; without a capacity it is unlimited, without a price it is free. */
export const NewTicketType = z.object({
  name: line(100),
  price: Price.optional(),
  capacity: Capacity.optional(),
  ...optional,
});

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
    ...optional,
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
