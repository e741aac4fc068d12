import { z } from 'zod';
import { CommissionScope, FeePayer } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Instant } from '../../../kernel/instants.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { AmountMinor, ChargeMinor, CurrencyCode } from '../money/contract.ts';

const Amount = AmountMinor.min(0);

/** What the platform takes. Of several that are in force the most particular applies: EVENT, HOST, CATEGORY, GLOBAL. */
export const Commission = z.object({
  id: Id,
  scope: z.enum(CommissionScope),
  /** The event, host or category it is about; null for GLOBAL. */
  targetId: Id.nullable(),
  /** Who bears it: ATTENDEE pays it on top of the price, HOST gets so much less. */
  payer: z.enum(FeePayer),
  /** Hundredths of a percent of the price after discounts, without tax. */
  rateBasisPoints: z.int().min(0).max(10_000),
  /** Minor units for each ticket that costs anything. */
  fixedMinor: Amount,
  /** Minor units for an order at least. */
  minMinor: Amount,
  /** Minor units for an order at most; null is without a ceiling. */
  maxMinor: Amount.nullable(),
  currency: CurrencyCode,
  startsAt: z.iso.datetime(),
  /** Null is until further notice. */
  endsAt: z.iso.datetime().nullable(),
});

export const set = operation({
  name: 'commission.set',
  summary:
    'Bring a commission rule into force, now or later. The rule of the same target and currency that is in force ends then; what was priced before stays as it was. CONFLICT when it would overlap one that is planned.',
  access: 'staff',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    scope: z.enum(CommissionScope),
    /** Needed but for GLOBAL. */
    targetId: Id.nullable().default(null),
    payer: z.enum(FeePayer).default('HOST'),
    rateBasisPoints: z.int().min(0).max(10_000),
    fixedMinor: ChargeMinor.default(0),
    minMinor: ChargeMinor.default(0),
    maxMinor: ChargeMinor.nullable().default(null),
    currency: CurrencyCode,
    /** Now when absent; never before. */
    startsAt: Instant.optional(),
    endsAt: Instant.nullable().optional(),
  }),
  output: Commission,
  errors: ['CONFLICT'],
  http: 'POST /v1/commissions',
});

export const list = operation({
  name: 'commission.list',
  summary: 'Commission rules in force; with `all`, also those that ended or are planned. The latest made first.',
  access: 'staff',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    scope: z.enum(CommissionScope).optional(),
    targetId: Id.optional(),
    all: z.boolean().default(false),
    ...pageInputById(),
  }),
  output: page(Commission),
  errors: [],
  http: 'GET /v1/commissions',
});
