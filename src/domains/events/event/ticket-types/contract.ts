import { z } from 'zod';
import { TicketKind, TicketTypeStatus, TicketVisibility } from '../../../../generated/prisma/enums.ts';
import { Instant } from '../../../../kernel/instants.ts';
import { line, text } from '../../../../kernel/texts.ts';
import { Id } from '../../../../kernel/wire.ts';
import { ChargeMinor, CurrencyCode } from '../../../payments/money/contract.ts';
import { Capacity } from '../../shapes/contract.ts';

/** Ticket types of one event. */
export const MAX_TICKET_TYPES = 50;

/** A price: minor units of the event’s currency, or with that currency beside them. */
export const Price = z.union([ChargeMinor, z.object({ amountMinor: ChargeMinor, currency: CurrencyCode })]);
const PerOrder = z.int().min(1).max(1_000);

/** What a new or a changed ticket type may say besides. */
export const ticketTypeFields = {
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
  ...ticketTypeFields,
});
