import { z } from 'zod';
import { BreakKind, BreakStatus, PaymentProvider } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { words } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { AmountMinor, CurrencyCode } from '../money/contract.ts';

/** A difference between our books and a provider's, until somebody has explained it. */
export const Break = z.object({
  id: Id,
  provider: z.enum(PaymentProvider),
  kind: z.enum(BreakKind),
  status: z.enum(BreakStatus),
  /** The provider's id of what differs. */
  reference: z.string(),
  paymentId: Id.nullable(),
  /** By our books. */
  expectedMinor: AmountMinor.nullable(),
  /** By theirs. */
  reportedMinor: AmountMinor.nullable(),
  currency: CurrencyCode,
  note: z.string().nullable(),
  /** The day it belongs to. */
  day: z.iso.date(),
  journalId: Id.nullable(),
  createdAt: z.iso.datetime(),
  resolvedAt: z.iso.datetime().nullable(),
});

export const list = operation({
  name: 'reconciliation.list',
  summary: 'Differences between the books and the providers, the latest first; open ones unless asked otherwise.',
  access: 'staff',
  durability: 'read',
  rates: [],
  input: z.object({
    status: z.enum(BreakStatus).default('OPEN'),
    ...pageInputById(),
  }),
  output: page(Break),
  errors: [],
  http: 'GET /v1/reconciliation/breaks',
});

export const resolve = operation({
  name: 'reconciliation.resolve',
  summary: 'Close a difference: explained, or corrected by a journal. CONFLICT when it was closed before.',
  access: 'staff',
  durability: 'committed',
  rates: [],
  input: z.object({
    breakId: Id,
    note: words(1_000),
    /** The journal that corrects it; without one it is explained. */
    journalId: Id.optional(),
  }),
  output: Break,
  errors: ['CONFLICT'],
  http: 'POST /v1/reconciliation/breaks/{breakId}/resolve',
});
