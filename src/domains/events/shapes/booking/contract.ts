import { z } from 'zod';
import { AdmissionStatus, BookingStatus } from '../../../../generated/prisma/enums.ts';
import { line } from '../../../../kernel/texts.ts';
import { Id, Time } from '../../../../kernel/wire.ts';
import { Money } from '../../../payments/money/contract.ts';

/** Lines of one booking at most. */
export const MAX_LINES = 10;
/** Tickets of one booking at most, whatever its ticket types allow. */
export const MAX_TICKETS = 100;

export const Item = z
  .object({ ticketTypeId: Id, quantity: z.int().min(1).max(MAX_TICKETS) })
  .meta({ id: 'BookingItem' });
export const PromoCodeText = z
  .string()
  .trim()
  .toUpperCase()
  .min(3)
  .max(40)
  .regex(/^[A-Z0-9_-]+$/, 'has letters, digits, - and _ only');

/** Who comes besides the booker. With an account they get the ticket and the event’s chat themselves. */
export const Guest = z
  .object({ fullName: line(120), email: z.email().max(254).toLowerCase().optional(), userId: Id.optional() })
  .meta({ id: 'Guest' });

export const Items = z
  .array(Item)
  .min(1)
  .max(MAX_LINES)
  .refine(
    (items) => new Set(items.map(({ ticketTypeId }) => ticketTypeId)).size === items.length,
    'names a ticket type twice',
  )
  .refine(
    (items) => items.reduce((sum, { quantity }) => sum + quantity, 0) <= MAX_TICKETS,
    `is more than ${MAX_TICKETS} tickets`,
  );

/** One human who may come in. */
export const Admission = z
  .object({
    id: Id,
    ordinal: z.int().min(1),
    ticketTypeId: Id,
    ticketTypeName: z.string(),
    status: z.enum(AdmissionStatus),
    /** Null for a guest without an account. */
    userId: Id.nullable(),
    fullName: z.string().nullable(),
    /** This admission’s share of the booking’s total. */
    paid: Money,
    noShowAt: Time.nullable(),
  })
  .meta({ id: 'Admission' });

export const Line = z
  .object({ ticketTypeId: Id, name: z.string(), quantity: z.int(), unitPrice: Money, discount: Money })
  .meta({ id: 'BookingLine' });

export const amounts = {
  /** The price of the tickets before discounts, without the tax that it contains. */
  subtotal: Money,
  /** The discount of the codes, without the tax it contains; on a line it counts on the price as it is shown. */
  discount: Money,
  tax: Money,
  fee: Money,
  /** What the attendee owes: subtotal - discount + tax + fee. */
  total: Money,
};

export const Booking = z
  .object({
    id: Id,
    /** Short code that people read to each other. */
    reference: z.string(),
    eventId: Id,
    userId: Id,
    status: z.enum(BookingStatus),
    /** When the seats are given up unless paid; null unless they are held. */
    holdExpiresAt: Time.nullable(),
    ...amounts,
    lines: z.array(Line),
    admissions: z.array(Admission),
    promoCode: z.string().nullable(),
    createdAt: Time,
    confirmedAt: Time.nullable(),
    cancelledAt: Time.nullable(),
  })
  .meta({ id: 'Booking' });
export type Booking = z.infer<typeof Booking>;

export const BookingSummary = Booking.omit({ lines: true, admissions: true, promoCode: true })
  .extend({ eventTitle: z.string(), quantity: z.int() })
  .meta({ id: 'BookingSummary' });

/** What a cancellation would pay back, by the policy that was in force when it was bought. */
export const RefundQuote = z
  .object({
    bookingId: Id,
    refund: Money,
    /** What stays with host and platform. */
    retained: Money,
    admissions: z.array(z.object({ admissionId: Id, paid: Money, refund: Money })),
    /** Until when it is this much; null when time does not change it. */
    validUntil: Time.nullable(),
  })
  .meta({ id: 'RefundQuote' });
