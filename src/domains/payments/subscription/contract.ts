import { z } from 'zod';
import { PaymentMethod, SubscriptionStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id } from '../../../kernel/wire.ts';
import { Money } from '../money/contract.ts';
import { Payment } from '../payment/contract.ts';

/** A person's plan. What it entitles to follows from what was paid, and until when, not from what a provider said last. */
export const Subscription = z.object({
  id: Id,
  planId: Id,
  status: z.enum(SubscriptionStatus),
  /** Each interval, as agreed. */
  price: Money,
  trialEndsAt: z.iso.datetime().nullable(),
  /** Until when it is paid, or free to try; null before the first payment. */
  paidThrough: z.iso.datetime().nullable(),
  /** Whether its features may be used now: until `paidThrough`, and for seven days of grace after it. */
  isEntitled: z.boolean(),
  /** It ends with what is paid. */
  cancelAtPeriodEnd: z.boolean(),
  /** What has to be paid next, when it is asked for: go on with `clientAction` as for a booking. */
  openPayment: Payment.nullable(),
  createdAt: z.iso.datetime(),
});

const rates = [{ limit: 30, windowSeconds: 60, by: 'actor' }] as const;

/** There is no credit to pay a plan from, and cash comes in by hand. */
const Method = z.enum(PaymentMethod).exclude(['WALLET', 'CASH']);

export const start = operation({
  name: 'subscription.start',
  summary:
    'Subscribe to a plan: free to try where the plan says so and the caller never tried one, else a payment is opened. CONFLICT while another subscription lives.',
  access: 'user',
  durability: 'committed',
  rates,
  input: z.object({ planId: Id, method: Method.default('CARD') }),
  output: Subscription,
  errors: ['CONFLICT'],
  http: 'POST /v1/subscription',
});

export const get = operation({
  name: 'subscription.get',
  summary: 'The caller’s subscription that lives, or else the last one; null when there was none.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({ subscription: Subscription.nullable() }),
  errors: [],
  http: 'GET /v1/subscription',
});

export const cancel = operation({
  name: 'subscription.cancel',
  summary:
    'End the caller’s subscription with what is paid; at once when nothing is. What is open is not asked for any more.',
  access: 'user',
  durability: 'committed',
  rates,
  input: z.object({}),
  output: Subscription,
  errors: [],
  http: 'POST /v1/subscription/cancel',
});

export const resume = operation({
  name: 'subscription.resume',
  summary: 'Take a cancellation back, while the subscription lives.',
  access: 'user',
  durability: 'committed',
  rates,
  input: z.object({}),
  output: Subscription,
  errors: [],
  http: 'POST /v1/subscription/resume',
});
