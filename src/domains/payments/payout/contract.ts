import { z } from 'zod';
import { PaymentProvider, PayoutHoldReason, PayoutStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { AmountMinor, CurrencyCode, Money } from '../money/contract.ts';

/**
 * Earnings sent to a host. UNKNOWN: the provider did not answer and is asked what became of it; that is never taken for
 * a failure.
 */
export const Payout = z.object({
  id: Id,
  hostId: Id,
  payoutAccountId: Id,
  status: z.enum(PayoutStatus),
  amount: Money,
  provider: z.enum(PaymentProvider),
  /** What the provider calls it; null until it has said. */
  providerRef: z.string().nullable(),
  holdReason: z.enum(PayoutHoldReason).nullable(),
  failure: z.string().nullable(),
  submittedAt: z.iso.datetime().nullable(),
  paidAt: z.iso.datetime().nullable(),
  returnedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

/** What a payout is made of. */
export const PayoutItem = z.object({
  /** The journal that made it available, or took it back. */
  journalId: Id,
  bookingId: Id.nullable(),
  /** Negative for what a refund or a dispute took back. */
  amountMinor: AmountMinor,
});

/** Where somebody's earnings are, in one currency. */
export const HostBalances = z.object({
  currency: CurrencyCode,
  /**
   * Waits for its event to end, and the holdback after it: a host's own part of it, and a co-host's. It shrinks when
   * money goes back to buyers, and a co-host's also by what the host owes when it is released.
   */
  pendingMinor: AmountMinor,
  availableMinor: AmountMinor,
  /** On its way to the host's bank. */
  inTransitMinor: AmountMinor,
  paidMinor: AmountMinor,
  /** What the host owes: recovered from what becomes available next. */
  owedMinor: AmountMinor,
});

export const request = operation({
  name: 'payout.request',
  summary:
    'Have everything that is available in a currency sent to the default account. CONFLICT, and why, when there is nothing, the account is not verified or was changed within 72 hours, or an event of the host is being paid back.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({ currency: CurrencyCode }),
  output: Payout,
  errors: ['CONFLICT'],
  http: 'POST /v1/payouts',
});

export const get = operation({
  name: 'payout.get',
  summary: 'One payout and what it is made of, at most 1,000 items. Its host and staff may see it.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ payoutId: Id }),
  output: Payout.extend({ items: z.array(PayoutItem) }),
  errors: [],
  http: 'GET /v1/payouts/{payoutId}',
});

export const list = operation({
  name: 'payout.list',
  summary: 'The caller’s payouts, the latest first. Staff may name another host, or none for all.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    hostId: Id.optional(),
    status: z.enum(PayoutStatus).optional(),
    /** Of every host; for staff. */
    all: z.boolean().default(false),
    ...pageInputById(),
  }),
  output: page(Payout),
  errors: [],
  http: 'GET /v1/payouts',
});

export const balances = operation({
  name: 'payout.balances',
  summary:
    'Where the caller’s earnings are, by currency: as a host, and as a co-host with a share. Staff may name another person.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ hostId: Id.optional() }),
  output: z.object({ items: z.array(HostBalances) }),
  errors: [],
  http: 'GET /v1/payout-balances',
});

export const hold = operation({
  name: 'payout.hold',
  summary: 'Keep a payout that has not been submitted from leaving. CONFLICT once it was.',
  access: 'staff',
  durability: 'committed',
  rates: [],
  input: z.object({
    payoutId: Id,
    reason: z.enum(PayoutHoldReason).extract(['RISK_REVIEW', 'DISPUTES', 'MANUAL']).default('MANUAL'),
  }),
  output: Payout,
  errors: ['CONFLICT'],
  http: 'POST /v1/payouts/{payoutId}/hold',
});

export const resume = operation({
  name: 'payout.resume',
  summary: 'Let a payout on hold leave. CONFLICT when it is not on hold.',
  access: 'staff',
  durability: 'committed',
  rates: [],
  input: z.object({ payoutId: Id }),
  output: Payout,
  errors: ['CONFLICT'],
  http: 'POST /v1/payouts/{payoutId}/resume',
});
