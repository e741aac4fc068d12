import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';
import { lookedFor } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { Money } from '../../payments/money/contract.ts';

/** Somebody with a ticket, as the event's team sees them. */
export const EventGuest = z
  .object({
    admissionId: Id,
    bookingId: Id,
    /** The booking's short code, which people read to each other. */
    reference: z.string(),
    /** Null for a guest without an account. */
    userId: Id.nullable(),
    /** Their own name, that of their account, or of who booked; null where there is none. */
    name: z.string().nullable(),
    ticketTypeId: Id,
    ticketType: z.string(),
    /** The ticket was given back, or taken. */
    isCancelled: z.boolean(),
    /** This ticket's share of what the booking cost. */
    paid: Money,
    bookedAt: Time,
    /** When they first came in; null for who has not. */
    admittedAt: Time.nullable(),
    /** Noted by the team after the start. */
    noShowAt: Time.nullable(),
    /** The payment of the whole booking, and the part of it that can still be sent back. Null where the caller may not send it back, and where nothing was paid. */
    payment: z.object({ paymentId: Id, left: Money }).nullable(),
  })
  .meta({ id: 'EventGuest' });

export const list = operation({
  name: 'guest.list',
  summary:
    'Who has a ticket of an event, the latest first, for those of its team who see its attendees. `query` finds names that have a word beginning so, and the reference of a booking.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    eventId: Id,
    query: lookedFor(120).optional(),
    ticketTypeId: Id.optional(),
    /** COMING: has not come in yet. CANCELLED: had a ticket. All with a ticket when absent. */
    state: z.enum(['COMING', 'CAME', 'CANCELLED']).optional(),
    ...pageInputById({ most: 500, usual: 50 }),
  }),
  output: page(EventGuest),
  errors: [],
  http: 'GET /v1/events/{eventId}/guests',
});
