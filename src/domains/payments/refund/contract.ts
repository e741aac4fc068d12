import { z } from 'zod';
import { RefundInitiator, RefundReason, RefundStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { words } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { ChargeMinor, Money } from '../money/contract.ts';

/** Money on its way back to a payer. UNKNOWN: the provider did not answer and is asked what became of it. */
export const Refund = z.object({
  id: Id,
  paymentId: Id,
  bookingId: Id.nullable(),
  /** The admission it is for; null when it is for the whole. */
  participantId: Id.nullable(),
  status: z.enum(RefundStatus),
  amount: Money,
  reason: z.enum(RefundReason),
  initiator: z.enum(RefundInitiator),
  /** What the provider calls it; null until it has said. */
  providerRef: z.string().nullable(),
  /** The host pays it back by hand, as the booking was paid: REQUESTED is owed by them, SETTLED was paid by booking.markRefunded. */
  byHand: z.boolean(),
  /** What the host calls what they paid back by hand. */
  reference: z.string().nullable(),
  failure: z.string().nullable(),
  submittedAt: z.iso.datetime().nullable(),
  settledAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

export const get = operation({
  name: 'refund.get',
  summary: 'One refund. The payer, the host who was paid, and staff may see it.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 600, windowSeconds: 60, by: 'actor' }],
  input: z.object({ refundId: Id }),
  output: Refund,
  errors: [],
  http: 'GET /v1/refunds/{refundId}',
});

export const list = operation({
  name: 'refund.list',
  summary: 'Refunds of one payment, the latest first. The payer, the host who was paid, and staff may see them.',
  access: 'user',
  durability: 'read',
  scopes: ['PAYMENTS_READ'],
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    paymentId: Id,
    ...pageInputById(),
  }),
  output: page(Refund),
  errors: [],
  http: 'GET /v1/payments/{paymentId}/refunds',
});

export const create = operation({
  name: 'refund.create',
  summary:
    'Send money back as goodwill: the host who was paid, or staff. Without an amount all that is left. CONFLICT when less than that is left. The booking stays as it is.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    paymentId: Id,
    amountMinor: ChargeMinor.min(1).optional(),
    /** The admission it is for; at most what was paid for that one. */
    participantId: Id.optional(),
    note: words(500).optional(),
  }),
  output: Refund,
  errors: ['CONFLICT'],
  http: 'POST /v1/payments/{paymentId}/refunds',
});
