import { z } from 'zod';
import { PlanAudience, PlanInterval } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';
import { ChargeMinor, CurrencyCode, Money } from '../money/contract.ts';

const Features = z.array(line(100)).max(50);

/** What can be subscribed to. */
export const SubscriptionPlan = z.object({
  id: Id,
  key: z.string(),
  name: z.string(),
  audience: z.enum(PlanAudience),
  interval: z.enum(PlanInterval),
  /** Each interval. */
  price: Money,
  trialDays: z.int(),
  /** What it gives, as people read it. */
  features: Features,
});

export const list = operation({
  name: 'subscriptionPlan.list',
  summary: 'The plans on offer, cheapest first; at most 100.',
  access: 'public',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'address' }],
  input: z.object({ audience: z.enum(PlanAudience).optional() }),
  output: z.object({ items: z.array(SubscriptionPlan) }),
  errors: [],
  http: 'GET /v1/subscription-plans',
});

export const create = operation({
  name: 'subscriptionPlan.create',
  summary:
    'Offer a plan. Administrators only. Plans do not change: who subscribed keeps what was agreed. CONFLICT when the key is taken.',
  access: 'staff',
  durability: 'committed',
  rates: [],
  input: z.object({
    key: z.string().regex(/^[a-z][a-z0-9-]{1,62}$/, 'is lower-case words with dashes'),
    name: line(100),
    audience: z.enum(PlanAudience),
    interval: z.enum(PlanInterval),
    price: z.object({ amountMinor: ChargeMinor, currency: CurrencyCode }),
    trialDays: z.int().min(0).max(365).default(0),
    features: Features.default([]),
  }),
  output: SubscriptionPlan,
  errors: ['CONFLICT'],
  http: 'POST /v1/subscription-plans',
});
