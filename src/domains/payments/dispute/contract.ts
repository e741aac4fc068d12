import { z } from 'zod';
import { DisputeReason, DisputeStatus } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { words } from '../../../kernel/texts.ts';
import { Id, page, pageInputById } from '../../../kernel/wire.ts';
import { Money } from '../money/contract.ts';

/** What is handed in for a disputed payment. */
export const Evidence = z.object({
  /** What happened, in the host's own words. */
  statement: words(5_000),
  /** That the payer was there: a check-in, a reply, a photograph's description. */
  attendance: words(5_000).optional(),
  /** What the payer agreed to when they booked. */
  terms: words(5_000).optional(),
});

/** A payer's bank wants money back. */
export const Dispute = z.object({
  id: Id,
  paymentId: Id,
  status: z.enum(DisputeStatus),
  reason: z.enum(DisputeReason),
  amount: Money,
  evidenceDueAt: z.iso.datetime().nullable(),
  hasEvidence: z.boolean(),
  openedAt: z.iso.datetime(),
  closedAt: z.iso.datetime().nullable(),
});

export const get = operation({
  name: 'dispute.get',
  summary: 'One dispute. The host who was paid and staff may see it.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ disputeId: Id }),
  output: Dispute,
  errors: [],
  http: 'GET /v1/disputes/{disputeId}',
});

const Page = page(Dispute);
const paging = { ...pageInputById() };

export const list = operation({
  name: 'dispute.list',
  summary: 'Disputes of one payment, the latest first. The host who was paid and staff may see them.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 300, windowSeconds: 60, by: 'actor' }],
  input: z.object({ paymentId: Id, ...paging }),
  output: Page,
  errors: [],
  http: 'GET /v1/payments/{paymentId}/disputes',
});

export const queue = operation({
  name: 'dispute.queue',
  summary: 'All disputes, the latest first.',
  access: 'staff',
  durability: 'read',
  rates: [],
  input: z.object(paging),
  output: Page,
  errors: [],
  http: 'GET /v1/disputes',
});

export const submitEvidence = operation({
  name: 'dispute.submitEvidence',
  summary: 'Hand in evidence for an open dispute, once. CONFLICT when it is over or has evidence already.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ disputeId: Id, evidence: Evidence }),
  output: Dispute,
  errors: ['CONFLICT'],
  http: 'POST /v1/disputes/{disputeId}/evidence',
});
