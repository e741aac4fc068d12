import { z } from 'zod';
import {
  AgeRestriction,
  ApprovalMode,
  EventCancellationReason,
  EventHostRole,
  EventMode,
  EventStatus,
  EventType,
  EventVisibility,
  SkillLevel,
  TicketKind,
  TicketTypeStatus,
  TicketVisibility,
} from '../../../generated/prisma/enums.ts';
import { Id, Time } from '../../../kernel/wire.ts';
import { MediaView } from '../../media/shapes/contract.ts';
import { Money } from '../../payments/money/contract.ts';

/** Part of an address: lower case, digits and single hyphens. */
export const Slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'may hold a-z and 0-9, joined by single hyphens');

/** A guest who cancels `hoursBefore` the start or earlier gets this share back. */
export const PolicyStep = z.object({
  hoursBefore: z
    .int()
    .min(0)
    .max(24 * 366),
  /** Hundredths of a percent. */
  refundBasisPoints: z.int().min(0).max(10_000),
});

/** What may be claimed at most; null is unlimited. */
export const Capacity = z.int().min(0, 'may not be negative').max(10_000_000).nullable();

/** A person as far as events show them; who has closed their account keeps a name. */
export const EventPerson = z
  .object({
    userId: Id,
    username: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    avatarUrl: z.string().nullable(),
  })
  .meta({ id: 'EventPerson' });

export const CategoryRef = z.object({
  id: Id,
  name: z.string(),
  slug: z.string(),
  /** Slugs from the root, joined by `/`. */
  path: z.string(),
});

export const TicketType = z
  .object({
    id: Id,
    eventId: Id,
    name: z.string(),
    description: z.string().nullable(),
    kind: z.enum(TicketKind),
    status: z.enum(TicketTypeStatus),
    visibility: z.enum(TicketVisibility),
    price: Money,
    /** The tax that was chosen; null without one. */
    taxRateId: Id.nullable(),
    /** That tax as it is now: its rate in hundredths of a percent, and whether the price contains it. Null when none is in force. */
    tax: z.object({ name: z.string(), rateBasisPoints: z.int(), isInclusive: z.boolean() }).nullable(),
    /** The price with its tax, as one ticket costs without a code and without the booking fee. */
    priceWithTax: Money,
    /** Null is unlimited. */
    capacity: z.int().min(0).nullable(),
    /** What can be claimed now, the event’s own capacity taken into account; null is unlimited. */
    available: z.int().min(0).nullable(),
    minPerOrder: z.int().min(1),
    maxPerOrder: z.int().min(1),
    /** At most one live claim per person. */
    oneActivePerUser: z.boolean(),
    approvalRequired: z.boolean(),
    transferable: z.boolean(),
    salesStartAt: Time.nullable(),
    salesEndAt: Time.nullable(),
    validFrom: Time.nullable(),
    validUntil: Time.nullable(),
    sortOrder: z.int(),
    /** Claimed and not yet sold; for the team only. */
    held: z.int().min(0).optional(),
    /** Issued; for the team only. */
    sold: z.int().min(0).optional(),
  })
  .meta({ id: 'TicketType' });

/** An event without its ticket types, as lists show it. */
export const EventSummary = z.object({
  id: Id,
  title: z.string(),
  slug: z.string(),
  summary: z.string().nullable(),
  hostId: Id,
  categoryId: Id.nullable(),
  seriesId: Id.nullable(),
  coverAssetId: Id.nullable(),
  cover: MediaView.nullable(),
  type: z.enum(EventType),
  status: z.enum(EventStatus),
  visibility: z.enum(EventVisibility),
  mode: z.enum(EventMode),
  startDate: Time,
  endDate: Time,
  timeZone: z.string(),
  venue: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  maxParticipants: z.int().nullable(),
  currentParticipants: z.int(),
  /** All public tickets that are sold cost nothing. */
  isFree: z.boolean(),
  /** The lowest that the public can buy now; while `isOnSale` is false the lowest there is, to be shown as no price. */
  price: Money,
  /** Dearer tickets can be bought, too. */
  isPriceFrom: z.boolean(),
  /** The public can buy a ticket now. It follows windows of sale and sold-out types within a minute. */
  isOnSale: z.boolean(),
  archivedAt: Time.nullable(),
  createdAt: Time,
});

export const EventView = EventSummary.extend({
  description: z.string(),
  host: EventPerson.nullable(),
  category: CategoryRef.nullable(),
  /** The caller’s place in the team. */
  myRole: z.enum(EventHostRole).nullable(),
  address: z.string().nullable(),
  region: z.string().nullable(),
  postalCode: z.string().nullable(),
  /** Degrees, WGS 84. */
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
  /** Null for who is neither admitted nor in the team. */
  onlineUrl: z.string().nullable(),
  minParticipants: z.int(),
  currency: z.string(),
  tags: z.array(z.string()),
  language: z.string(),
  ageRestriction: z.enum(AgeRestriction),
  skillLevel: z.enum(SkillLevel),
  approvalMode: z.enum(ApprovalMode),
  registrationOpensAt: Time.nullable(),
  registrationClosesAt: Time.nullable(),
  waitlistEnabled: z.boolean(),
  cancellationPolicyId: Id.nullable(),
  /** By which bookings made now are paid back; the platform’s usual rule where the host chose none. Earliest step first. */
  refundPolicy: z.object({ name: z.string(), steps: z.array(PolicyStep), feesRefundable: z.boolean() }),
  /** The instant the series’ rule gave. */
  occurrenceAt: Time.nullable(),
  publishedAt: Time.nullable(),
  completedAt: Time.nullable(),
  cancelledAt: Time.nullable(),
  cancellationReason: z.enum(EventCancellationReason).nullable(),
  cancellationNote: z.string().nullable(),
  updatedAt: Time,
  ticketTypes: z.array(TicketType),
}).meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;
export type TicketTypeView = z.infer<typeof TicketType>;
