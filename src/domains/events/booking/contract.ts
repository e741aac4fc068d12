import { z } from 'zod';
import { BookingStatus, PaymentMethod } from '../../../generated/prisma/enums.ts';
import { operation, type Rate, signal } from '../../../kernel/contract.ts';
import { line, text } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { Money } from '../../payments/money/contract.ts';
import { Payment } from '../../payments/payment/contract.ts';
import { Refund } from '../../payments/refund/contract.ts';
import { eventRoom } from '../event/contract.ts';
import {
  amounts,
  Booking,
  BookingSummary,
  Guest,
  Items,
  Line,
  MAX_TICKETS,
  PromoCodeText,
  RefundQuote,
} from '../shapes/booking/contract.ts';

/** A fuse against runaway clients, not a sale's queue. */
const fuse = (limit: number): readonly Rate[] => [{ limit, windowSeconds: 10, by: 'actor' }];

const ofBooking = z.object({ bookingId: Id });
const part = ofBooking.extend({ admissionIds: z.array(Id).min(1).max(MAX_TICKETS).optional() });
const order = z.object({ eventId: Id, items: Items, promoCode: PromoCodeText.optional() });

export const quote = operation({
  name: 'booking.quote',
  summary: 'What a booking would cost now, and whether its seats are free. Nothing is kept for the caller.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(200),
  input: order,
  output: z.object({
    ...amounts,
    lines: z.array(
      Line.extend({
        /** Seats the public may claim now; null is unlimited. */
        available: z.int().nullable(),
        /** Kept for people on the waitlist. */
        seatsHeld: z.int(),
      }),
    ),
    isAvailable: z.boolean(),
    needsApproval: z.boolean(),
  }),
  errors: ['SALE_CLOSED', 'PROMO_INVALID', 'PROMO_EXHAUSTED'],
  http: 'POST /v1/events/{eventId}/bookings/quote',
});

export const create = operation({
  name: 'booking.create',
  summary:
    'Claim seats. What is free is confirmed at once; what costs money is HELD until `holdExpiresAt`, to be paid by booking.pay; where the host decides, it is REQUESTED and claims nothing yet. `guests` names the tickets after the first, or all of them. CONFLICT while two unpaid bookings or requests of the caller stand at the event; RATE_LIMITED for a while after several that ended unpaid, and for guests who are more strangers than one may reach in a day.',
  access: 'user',
  durability: 'committed',
  feature: 'BOOKING',
  scopes: ['BOOKINGS_WRITE'],
  groupBy: 'eventId',
  rates: fuse(100),
  input: order.extend({ guests: z.array(Guest).max(MAX_TICKETS).optional() }),
  output: Booking,
  errors: ['SOLD_OUT', 'SALE_CLOSED', 'ALREADY_BOOKED', 'PROMO_INVALID', 'PROMO_EXHAUSTED', 'CONFLICT'],
  http: 'POST /v1/events/{eventId}/bookings',
});

export const approve = operation({
  name: 'booking.approve',
  summary: 'Let a requested booking in, by the event’s team: claims its seats, confirms it when nothing is owed.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(200),
  input: ofBooking,
  output: Booking,
  errors: ['SOLD_OUT', 'SALE_CLOSED', 'ALREADY_BOOKED', 'PROMO_INVALID', 'PROMO_EXHAUSTED', 'CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/approve',
});

export const reject = operation({
  name: 'booking.reject',
  summary: 'Turn a requested booking down, by the event’s team.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(200),
  input: ofBooking.extend({ note: text(500).optional() }),
  output: Booking,
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/reject',
});

export const withdraw = operation({
  name: 'booking.withdraw',
  summary: 'Take an own request back before it is decided.',
  access: 'user',
  durability: 'committed',
  rates: fuse(100),
  input: ofBooking,
  output: Booking,
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/withdraw',
});

export const pay = operation({
  name: 'booking.pay',
  summary:
    'Begin to pay a held booking. The hold is extended once, to 30 minutes in all at most. While a payment is open the same one is given again. CASH and BANK_TRANSFER are INVALID_INPUT: they go to the host, who then calls booking.markPaid. `returnTo` is where the payer goes once they have decided, with the booking’s id as `bookingId`: a path on this server, or an address of an origin that its operator allows.',
  access: 'user',
  durability: 'committed',
  rates: fuse(100),
  input: ofBooking.extend({
    method: z.enum(PaymentMethod),
    /** Given again with an open payment, the payer goes there instead. */
    returnTo: line(2_000).optional(),
  }),
  output: Payment.extend({ holdExpiresAt: Time }),
  errors: ['HOLD_EXPIRED', 'CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/payments',
});

export const markPaid = operation({
  name: 'booking.markPaid',
  summary:
    'Confirm a held booking that its host was paid for by hand, by the event’s owner or a manager. The host keeps the money and owes commission and tax, which their next earnings pay. An online payment that is open is given up. Said again with the same method and reference it changes nothing; CONFLICT for a booking that is paid otherwise, or not held.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(100),
  input: ofBooking.extend({
    method: z.enum(PaymentMethod).extract(['CASH', 'BANK_TRANSFER']),
    /** The host's own name for it: the number of a receipt or a transfer. */
    reference: line(120),
  }),
  output: z.object({ booking: Booking, payment: Payment }),
  errors: ['HOLD_EXPIRED', 'CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/mark-paid',
});

export const markRefunded = operation({
  name: 'booking.markRefunded',
  summary:
    'Note that money of a booking which was paid by hand was paid back by hand, by the event’s owner or a manager. Said again with the same reference it changes nothing; CONFLICT for a refund that a provider pays, or that was settled otherwise.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(100),
  input: ofBooking.extend({
    refundId: Id,
    /** The host's own name for it: the number of a receipt or a transfer. */
    reference: line(120),
  }),
  output: Refund,
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/refunds/{refundId}/mark-refunded',
});

export const owedRefunds = operation({
  name: 'booking.owedRefunds',
  summary:
    'What an event’s host has to pay back by hand and has not noted as paid (booking.markRefunded), the earliest first, for the event’s owner and managers.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(200),
  input: z.object({ eventId: Id, ...pageInputById() }),
  output: page(Refund),
  errors: [],
  http: 'GET /v1/events/{eventId}/owed-refunds',
});

export const cancel = operation({
  name: 'booking.cancel',
  summary:
    'Give a booking up, whole or some of its tickets. Money goes back by the policy in force when it was bought; all of it when the event’s team cancels. A guest gives up their own ticket, once the booking is confirmed.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(100),
  input: part,
  output: z.object({ booking: Booking, refund: Money }),
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/cancel',
});

export const refundQuote = operation({
  name: 'booking.refundQuote',
  summary: 'What cancelling now would pay back.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(200),
  input: part,
  output: RefundQuote,
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/refund-quote',
});

export const get = operation({
  name: 'booking.get',
  summary:
    'One booking, for who made it and the event’s team. Who only holds a ticket of it sees that ticket and its share: no other guests, no code, an empty reference.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(500),
  input: ofBooking,
  output: Booking,
  errors: [],
  http: 'GET /v1/bookings/{bookingId}',
});

export const list = operation({
  name: 'booking.list',
  summary: 'Own bookings, newest first; with `eventId` and a place in that event’s team, all bookings of the event.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(500),
  input: z.object({
    eventId: Id.optional(),
    status: z.enum(BookingStatus).optional(),
    ...pageInputById(),
  }),
  output: page(BookingSummary),
  errors: [],
  http: 'GET /v1/bookings',
});

export const markNoShow = operation({
  name: 'booking.markNoShow',
  summary: 'Note, after the start, that admitted people did not come. Nothing is paid back.',
  access: 'user',
  durability: 'committed',
  scopes: ['BOOKINGS_WRITE'],
  rates: fuse(200),
  input: part,
  output: z.object({ admissionIds: z.array(Id) }),
  errors: ['CONFLICT'],
  http: 'POST /v1/bookings/{bookingId}/no-show',
});

export const tickets = operation({
  name: 'booking.tickets',
  summary: 'The codes of the caller’s own tickets of a confirmed booking, as text and as a QR drawing.',
  access: 'user',
  durability: 'read',
  scopes: ['BOOKINGS_READ'],
  rates: fuse(200),
  input: ofBooking,
  output: z.array(z.object({ admissionId: Id, code: z.string(), qrSvg: z.string() })),
  errors: ['CONFLICT'],
  http: 'GET /v1/bookings/{bookingId}/tickets',
});

export const capacity = signal({
  name: 'event.capacity',
  summary: 'How many seats are left, as absolute numbers; null is unlimited. Only public ticket types are named.',
  room: eventRoom,
  data: z.object({
    eventId: Id,
    available: z.int().nullable(),
    /** Freed seats that are kept for people on the waitlist. */
    seatsHeld: z.int(),
    participants: z.int(),
    ticketTypes: z.array(z.object({ ticketTypeId: Id, available: z.int().nullable(), seatsHeld: z.int() })),
  }),
});

export const confirmed = signal({
  name: 'booking.confirmed',
  summary: 'Somebody is coming. Who it is stays with the team.',
  room: eventRoom,
  data: z.object({ eventId: Id, quantity: z.int(), participants: z.int() }),
});

export const cancelled = signal({
  name: 'booking.cancelled',
  summary: 'Somebody who was coming is not.',
  room: eventRoom,
  data: z.object({ eventId: Id, quantity: z.int(), participants: z.int() }),
});

export const changed = signal({
  name: 'booking.changed',
  summary: 'Told to all devices of who booked: a booking has another status or other tickets; booking.get says which.',
  data: z.object({ bookingId: Id, eventId: Id, status: z.enum(BookingStatus) }),
});
