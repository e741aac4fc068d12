import { z } from 'zod';
import { PayoutAccountKind, PayoutAccountStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { CountryCode, CurrencyCode } from '../money/contract.ts';

/** Where a host's earnings are sent. What was given of it is never shown again, but for its last four characters. */
export const PayoutAccount = z.object({
  id: Id,
  kind: z.enum(PayoutAccountKind),
  /** PENDING: somebody else uses the same one, so staff has to look at it. */
  status: z.enum(PayoutAccountStatus),
  currency: CurrencyCode,
  country: z.string(),
  lastFour: z.string().nullable(),
  /** Where payouts in its currency go. */
  isDefault: z.boolean(),
  verifiedAt: z.iso.datetime().nullable(),
  /** Nothing is paid to it before: 72 hours after its details were given or changed. */
  payableFrom: z.iso.datetime(),
  createdAt: z.iso.datetime(),
});

/** What it takes to send money there, by kind. */
const Details = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('BANK_ACCOUNT'),
    accountNumber: line(40).min(4),
    routingNumber: line(40).optional(),
    branch: line(100).optional(),
  }),
  z.object({
    kind: z.enum(['BKASH', 'NAGAD']),
    phone: z
      .string()
      .trim()
      .regex(/^\+?[\d -]{8,20}$/, 'is a phone number'),
  }),
  z.object({ kind: z.literal('PAYPAL'), email: z.email().max(254) }),
  z.object({
    kind: z.literal('STRIPE_CONNECT'),
    connectedAccountId: z.string().regex(/^acct_\w{4,60}$/, 'begins with acct_'),
  }),
]);

export const add = operation({
  name: 'payoutAccount.add',
  summary:
    'Give a place to send earnings to. Staff verifies it; nothing is paid to it for 72 hours. The first one in a currency becomes the default. CONFLICT for one the caller has already.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 10, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({
    currency: CurrencyCode,
    country: CountryCode,
    holderName: line(200),
    details: Details,
  }),
  output: PayoutAccount,
  errors: ['CONFLICT'],
  http: 'POST /v1/payout-accounts',
});

export const change = operation({
  name: 'payoutAccount.change',
  summary: 'Give other details of the same kind. It has to be verified again, and nothing is paid to it for 72 hours.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 10, windowSeconds: 3_600, by: 'actor' }],
  input: z.object({
    payoutAccountId: Id,
    holderName: line(200),
    details: Details,
  }),
  output: PayoutAccount,
  errors: ['CONFLICT'],
  http: 'PUT /v1/payout-accounts/{payoutAccountId}/details',
});

export const list = operation({
  name: 'payoutAccount.list',
  summary: 'The caller’s payout accounts that are in use, the latest first. Staff may name another owner.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    userId: Id.optional(),
    ...pageInputById(),
  }),
  output: page(PayoutAccount),
  errors: [],
  http: 'GET /v1/payout-accounts',
});

export const setDefault = operation({
  name: 'payoutAccount.setDefault',
  summary: 'Have payouts in its currency go to this account.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ payoutAccountId: Id }),
  output: PayoutAccount,
  errors: [],
  http: 'POST /v1/payout-accounts/{payoutAccountId}/default',
});

export const disable = operation({
  name: 'payoutAccount.disable',
  summary: 'Send nothing more to this account. What is on its way arrives.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 60, windowSeconds: 60, by: 'actor' }],
  input: z.object({ payoutAccountId: Id }),
  output: PayoutAccount,
  errors: [],
  http: 'POST /v1/payout-accounts/{payoutAccountId}/disable',
});

export const verify = operation({
  name: 'payoutAccount.verify',
  summary:
    'Say whether the account is its owner’s: administrators, after a test amount arrived or a Connect account was looked up. CONFLICT for one that is out of use.',
  access: 'staff',
  durability: 'committed',
  rates: [],
  input: z.object({ payoutAccountId: Id, outcome: z.enum(['VERIFIED', 'REJECTED']) }),
  output: PayoutAccount,
  errors: ['CONFLICT'],
  http: 'POST /v1/payout-accounts/{payoutAccountId}/verification',
});
