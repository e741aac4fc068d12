import { z } from 'zod';
import { OfferStatus, WaitlistStatus } from '../../../generated/prisma/enums.ts';
import { operation, type Rate, signal } from '../../../kernel/contract.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { userRoom } from '../../identity/user-room/contract.ts';
import { Money } from '../../payments/money/contract.ts';
import { Booking, Guest, MAX_TICKETS, PromoCodeText } from '../shapes/booking/contract.ts';

const fuse = (limit: number): readonly Rate[] => [{ limit, windowSeconds: 10, by: 'actor' }];

/** One person’s or group’s place in the queue. */
export const Entry = z
  .object({
    id: Id,
    eventId: Id,
    /** Null waits for any kind of ticket. */
    ticketTypeId: Id.nullable(),
    userId: Id,
    status: z.enum(WaitlistStatus),
    /** A group gets all of its seats at once, or waits on. */
    quantity: z.int().min(1),
    /** 1 is next; null when it does not wait any more. */
    position: z.int().min(1).nullable(),
    joinedAt: Time,
    offer: z
      .object({
        id: Id,
        status: z.enum(OfferStatus),
        ticketTypeId: Id,
        quantity: z.int(),
        /** Of each ticket before tax and fees, as it stays while the offer stands; null is the price of the day. */
        price: Money.nullable(),
        expiresAt: Time,
      })
      .nullable(),
  })
  .meta({ id: 'WaitlistEntry' });

const ofEntry = z.object({ entryId: Id });
const ofEvent = z.object({ eventId: Id });
const step = { access: 'user', durability: 'committed', rates: fuse(100) } as const;

export const join = operation({
  ...step,
  name: 'waitlist.join',
  summary:
    'Wait for seats that are sold out. Seats that come free are offered in order, and kept while the offer stands.',
  feature: 'BOOKING',
  input: ofEvent.extend({ ticketTypeId: Id.optional(), quantity: z.int().min(1).max(MAX_TICKETS).default(1) }),
  output: Entry,
  errors: ['SALE_CLOSED', 'ALREADY_BOOKED', 'CONFLICT'],
  http: 'POST /v1/events/{eventId}/waitlist',
});

export const leave = operation({
  ...step,
  name: 'waitlist.leave',
  summary: 'Give up the own place; an open offer goes to the next.',
  input: ofEntry,
  output: Entry,
  errors: ['CONFLICT'],
  http: 'POST /v1/waitlist/{entryId}/leave',
});

export const accept = operation({
  ...step,
  name: 'waitlist.accept',
  summary:
    'Take the open offer: its seats become a booking at the price of the offer, to be paid as any other. An offer is taken once.',
  feature: 'BOOKING',
  input: ofEntry.extend({ promoCode: PromoCodeText.optional(), guests: z.array(Guest).max(MAX_TICKETS).optional() }),
  output: Booking,
  errors: ['OFFER_EXPIRED', 'SALE_CLOSED', 'ALREADY_BOOKED', 'PROMO_INVALID', 'PROMO_EXHAUSTED', 'CONFLICT'],
  http: 'POST /v1/waitlist/{entryId}/accept',
});

export const decline = operation({
  ...step,
  name: 'waitlist.decline',
  summary: 'Turn the open offer down and leave the list.',
  input: ofEntry,
  output: Entry,
  errors: ['OFFER_EXPIRED'],
  http: 'POST /v1/waitlist/{entryId}/decline',
});

export const revoke = operation({
  ...step,
  name: 'waitlist.revoke',
  summary: 'Take an entry off the list, by the event’s team; an open offer of it ends.',
  scopes: ['BOOKINGS_WRITE'],
  input: ofEntry,
  output: Entry,
  errors: ['CONFLICT'],
  http: 'POST /v1/waitlist/{entryId}/revoke',
});

export const prioritize = operation({
  ...step,
  name: 'waitlist.prioritize',
  summary: 'Move an entry among the waiting, by the event’s team: a higher priority is served earlier.',
  scopes: ['BOOKINGS_WRITE'],
  input: ofEntry.extend({ priority: z.int().min(-1_000).max(1_000) }),
  output: Entry,
  errors: ['CONFLICT'],
  http: 'PUT /v1/waitlist/{entryId}/priority',
});

export const list = operation({
  name: 'waitlist.list',
  summary: 'Own places, newest first; with `eventId`, by the event’s team, all entries of the event with their places.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(300),
  input: z.object({ eventId: Id.optional(), ...pageInputById() }),
  output: page(Entry),
  errors: [],
  http: 'GET /v1/waitlist',
});

export const moved = signal({
  name: 'waitlist.moved',
  summary: 'An own place on a waitlist changed: another position, an offer, an end.',
  room: userRoom,
  data: z.object({
    entryId: Id,
    eventId: Id,
    status: z.enum(WaitlistStatus),
    position: z.int().nullable(),
    offerExpiresAt: Time.nullable(),
  }),
});
