import { z } from 'zod';
import {
  AgeRestriction,
  ApprovalMode,
  EventMode,
  EventType,
  EventVisibility,
  SkillLevel,
} from '../../../../generated/prisma/enums.ts';
import { Instant, TimeZone } from '../../../../kernel/instants.ts';
import { line, text } from '../../../../kernel/texts.ts';
import { Id } from '../../../../kernel/wire.ts';
import { CurrencyCode } from '../../../payments/money/contract.ts';
import { Capacity, Slug } from '../../shapes/contract.ts';
import { MAX_TICKET_TYPES, NewTicketType, Price } from '../ticket-types/contract.ts';

const place = {
  venue: line(200).nullable().optional(),
  address: line(500).nullable().optional(),
  city: line(100).nullable().optional(),
  region: line(100).nullable().optional(),
  country: line(100).nullable().optional(),
  postalCode: line(20).nullable().optional(),
  latitude: z.number().min(-90).max(90).nullable().optional(),
  longitude: z.number().min(-180).max(180).nullable().optional(),
  onlineUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .nullable()
    .optional(),
};

/** Fields of an event that may be left out. */
export const optionalFields = {
  summary: line(500).nullable().optional(),
  categoryId: Id.nullable().optional(),
  cancellationPolicyId: Id.nullable().optional(),
  type: z.enum(EventType).optional(),
  visibility: z.enum(EventVisibility).optional(),
  mode: z.enum(EventMode).optional(),
  timeZone: TimeZone.optional(),
  ...place,
  minParticipants: z.int().min(0, 'may not be negative').max(10_000_000).optional(),
  /** Over all ticket types; null is unlimited. */
  maxParticipants: Capacity.optional(),
  tags: z.array(line(50)).max(30).optional(),
  /** BCP 47. */
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'must be a BCP 47 tag, as bn or en-GB')
    .optional(),
  ageRestriction: z.enum(AgeRestriction).optional(),
  skillLevel: z.enum(SkillLevel).optional(),
  approvalMode: z.enum(ApprovalMode).optional(),
  registrationOpensAt: Instant.nullable().optional(),
  registrationClosesAt: Instant.nullable().optional(),
  waitlistEnabled: z.boolean().optional(),
};

/** What an event, or a whole series of them, is made from. */
export const NewEvent = z.object({
  title: line(200),
  description: text(50_000),
  startDate: Instant,
  endDate: Instant,
  /** Made from the title when absent. */
  slug: Slug.optional(),
  /** PUBLISHED puts it on sale at once. */
  status: z.enum(['DRAFT', 'PUBLISHED']).optional(),
  currency: CurrencyCode.optional(),
  /** Of the one kind of ticket that is made when `ticketTypes` is absent. */
  price: Price.optional(),
  /** Refused when it contradicts a price. */
  isFree: z.boolean().optional(),
  ticketTypes: z.array(NewTicketType).max(MAX_TICKET_TYPES).optional(),
  ...optionalFields,
});
