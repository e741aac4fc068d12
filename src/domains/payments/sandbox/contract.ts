import { z } from 'zod';
import { DisputeReason, PaymentFailureCode } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { AmountMinor } from '../money/contract.ts';

const Ref = z.string().regex(/^sbx_[0-9a-f]{32}$/, 'is a payment of the sandbox, as providerRef names it');
const TransferRef = z
  .string()
  .regex(/^sbxt_[0-9a-f-]{8,40}:[1-9][0-9]{0,8}$/, 'is a payout of the sandbox, as its providerRef names it');
/** What is done here is done at a provider: nothing of it is stored until the provider's webhook says so. */
const rates = [{ limit: 600, windowSeconds: 60, by: 'address' }] as const;

/** How the sandbox has a payment. */
const State = z.object({
  ref: z.string(),
  status: z.enum(['OPEN', 'CAPTURED', 'DECLINED', 'CANCELLED']),
  amountMinor: AmountMinor,
  currency: z.string(),
  refundedMinor: AmountMinor,
});

/** What goes wrong on purpose. Everything at zero, and one copy: nothing does. */
export const Switches = z.object({
  /** Each webhook comes this much later. */
  delayMs: z.int().min(0).max(600_000).default(0),
  /** And up to this much later again, each by another amount: they overtake each other. */
  shuffleMs: z.int().min(0).max(600_000).default(0),
  /** How often each webhook comes. */
  copies: z.int().min(1).max(5).default(1),
  /** Of a hundred webhooks so many never come. */
  losePercent: z.int().min(0).max(100).default(0),
  /** Of a hundred calls so many take effect and are never answered. */
  silentPercent: z.int().min(0).max(100).default(0),
  /** What the sandbox keeps of each payment, in hundredths of a percent. */
  feeBasisPoints: z.int().min(0).max(1_000).default(0),
});

export const page = operation({
  name: 'sandbox.page',
  summary: 'The page on which a payer approves or declines, for GET /v1/sandbox/payments/{ref}.',
  access: 'public',
  durability: 'read',
  rates,
  input: z.object({ ref: Ref }),
  output: z.object({ html: z.string() }),
  errors: [],
});

export const approve = operation({
  name: 'sandbox.approve',
  summary: 'Pay, in the sandbox. CONFLICT when the payment is not open any more.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({ ref: Ref }),
  output: State,
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/payments/{ref}/approve',
});

export const decline = operation({
  name: 'sandbox.decline',
  summary: 'Refuse to pay, in the sandbox. CONFLICT when the payment is not open any more.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({ ref: Ref, code: z.enum(PaymentFailureCode).default('DECLINED') }),
  output: State,
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/payments/{ref}/decline',
});

export const refund = operation({
  name: 'sandbox.refund',
  summary:
    'Send money back at the sandbox itself, as from a provider’s dashboard. CONFLICT when less than that is left.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({ ref: Ref, amountMinor: AmountMinor.min(1) }),
  output: State,
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/payments/{ref}/refund',
});

export const dispute = operation({
  name: 'sandbox.dispute',
  summary: 'Dispute a payment, as a payer at their bank. Without an amount all of it. CONFLICT when it was not paid.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({
    ref: Ref,
    amountMinor: AmountMinor.min(1).optional(),
    reason: z.enum(DisputeReason).default('FRAUDULENT'),
  }),
  output: State.extend({ disputeRef: z.string() }),
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/payments/{ref}/dispute',
});

export const settleDispute = operation({
  name: 'sandbox.settleDispute',
  summary: 'Decide the open dispute of a payment, as the bank. CONFLICT when there is none.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({ ref: Ref, outcome: z.enum(['WON', 'LOST']) }),
  output: State,
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/payments/{ref}/dispute/settle',
});

export const returnPayout = operation({
  name: 'sandbox.returnPayout',
  summary:
    'Send a payout back, as the host’s bank; `transferRef` is its providerRef. CONFLICT when it has come back already.',
  access: 'public',
  durability: 'ephemeral',
  rates,
  input: z.object({ transferRef: TransferRef }),
  output: z.object({
    transferRef: z.string(),
    status: z.enum(['IN_TRANSIT', 'PAID', 'FAILED', 'RETURNED']),
    amountMinor: AmountMinor,
    currency: z.string(),
  }),
  errors: ['CONFLICT'],
  http: 'POST /v1/sandbox/transfers/{transferRef}/return',
});

export const configure = operation({
  name: 'sandbox.configure',
  summary:
    'Set what goes wrong in the sandbox on purpose: lost, late, doubled and shuffled webhooks, silent calls. What is not named is as if nothing went wrong.',
  access: 'staff',
  durability: 'accepted',
  rates: [],
  input: Switches,
  output: Switches,
  errors: [],
  http: 'PUT /v1/sandbox/switches',
});
