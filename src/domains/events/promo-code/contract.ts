import { z } from 'zod';
import { DiscountKind, PromoFunding, PromoStatus, PromoUnit } from '../../../generated/prisma/enums.ts';
import { operation, type Rate } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { text } from '../../../kernel/texts.ts';
import { Id, page, pageInputById, Time } from '../../../kernel/wire.ts';
import { AmountMinor, ChargeMinor, CurrencyCode } from '../../payments/money/contract.ts';
import { PromoCodeText } from '../shapes/booking/contract.ts';

const rates: readonly Rate[] = [{ limit: 100, windowSeconds: 10, by: 'actor' }];
const Uses = z.int().min(1).max(10_000_000);
const Amount = AmountMinor.min(1);

/** Terms that may change while the code is in use; live holds keep theirs. */
const terms = {
  description: text(500).nullable(),
  /** Ceiling of a percentage, in minor units. */
  maxDiscountMinor: Amount.nullable(),
  /** The order’s tickets must cost this much, in minor units. */
  minOrderMinor: AmountMinor.min(0),
  /** Null is unlimited. */
  maxTotal: Uses.nullable(),
  maxPerUser: Uses.nullable(),
  /** A use that was paid back in full may be used again. */
  restoreOnRefund: z.boolean(),
};

export const PromoCode = z
  .object({
    id: Id,
    code: z.string(),
    /** Null: for every event of who made it, or of all hosts when the platform bears it. */
    eventId: Id.nullable(),
    kind: z.enum(DiscountKind),
    /** What counts as one use, and what an amount is taken off: the order, or each ticket. */
    unit: z.enum(PromoUnit),
    /** Who bears it: the host, by earning the lower price, or the platform, which pays the host what it takes off. */
    funding: z.enum(PromoFunding),
    status: z.enum(PromoStatus),
    /** Hundredths of a percent. */
    percentBasisPoints: z.int().nullable(),
    amountMinor: AmountMinor.nullable(),
    currency: CurrencyCode,
    ...terms,
    startsAt: Time.nullable(),
    endsAt: Time.nullable(),
    /** Uses by live holds. */
    reserved: z.int(),
    /** Uses by confirmed bookings. */
    redeemed: z.int(),
    createdAt: Time,
  })
  .meta({ id: 'PromoCode' });

const optional = {
  description: terms.description.optional(),
  maxDiscountMinor: ChargeMinor.min(1).nullable().optional(),
  minOrderMinor: ChargeMinor.optional(),
  maxTotal: terms.maxTotal.optional(),
  maxPerUser: terms.maxPerUser.optional(),
  restoreOnRefund: terms.restoreOnRefund.optional(),
  startsAt: Instant.nullable().optional(),
  endsAt: Instant.nullable().optional(),
};

/** Needed where a code without amounts that is for more than one event gets one; else it stays what it was. */
const EditedCurrency = CurrencyCode;

const ofCode = z.object({ promoCodeId: Id });

export const create = operation({
  name: 'promoCode.create',
  summary:
    'Make a discount code for one event, by its team, or for all own events when `eventId` is absent. With `funding` PLATFORM, for administrators: for every event, the platform pays the host what it takes off.',
  access: 'user',
  durability: 'committed',
  feature: 'HOSTING',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: z.object({
    eventId: Id.optional(),
    code: PromoCodeText,
    kind: z.enum(DiscountKind),
    unit: z.enum(PromoUnit).default('PER_ORDER'),
    funding: z.enum(PromoFunding).default('HOST'),
    percentBasisPoints: z.int().min(1).max(10_000).optional(),
    amountMinor: ChargeMinor.min(1).optional(),
    /** Of its amounts, which hold in this currency alone. Needed for a code with amounts that is for more than one event. */
    currency: CurrencyCode.optional(),
    ...optional,
  }),
  output: PromoCode,
  errors: ['CONFLICT'],
  http: 'POST /v1/promo-codes',
});

export const edit = operation({
  name: 'promoCode.edit',
  summary: 'Change a code’s limits, dates or state; what is absent stays. Live holds keep the price they have.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofCode.extend({
    ...optional,
    currency: EditedCurrency.optional(),
    status: z.enum(['ACTIVE', 'PAUSED']).optional(),
  }),
  output: PromoCode,
  errors: ['CONFLICT'],
  http: 'PATCH /v1/promo-codes/{promoCodeId}',
});

export const deactivate = operation({
  name: 'promoCode.deactivate',
  summary: 'End a code for good. Live holds keep it.',
  access: 'user',
  durability: 'committed',
  scopes: ['EVENTS_WRITE'],
  rates,
  input: ofCode,
  output: PromoCode,
  errors: [],
  http: 'POST /v1/promo-codes/{promoCodeId}/deactivate',
});

export const list = operation({
  name: 'promoCode.list',
  summary:
    'Own codes, newest first; with `eventId` those of the event, for its team; with `funding` PLATFORM those of the platform, for administrators.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates,
  input: z.object({
    eventId: Id.optional(),
    funding: z.enum(PromoFunding).default('HOST'),
    ...pageInputById(),
  }),
  output: page(PromoCode),
  errors: [],
  http: 'GET /v1/promo-codes',
});
