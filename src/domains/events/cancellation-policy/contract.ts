import { z } from 'zod';
import { RefundPolicyKind } from '../../../generated/prisma/enums.ts';
import { operation } from '../../../kernel/contract.ts';
import { line } from '../../../kernel/texts.ts';
import { Id } from '../../../kernel/wire.ts';
import { PolicyStep } from '../shapes/contract.ts';

export const CancellationPolicy = z
  .object({
    id: Id,
    name: z.string(),
    kind: z.enum(RefundPolicyKind),
    /** Earliest cancellation first. */
    steps: z.array(PolicyStep),
    feesRefundable: z.boolean(),
    /** Null for the platform’s own. */
    ownerId: Id.nullable(),
  })
  .meta({ id: 'CancellationPolicy' });

export const create = operation({
  name: 'cancellationPolicy.create',
  summary: 'Make a policy the caller may choose for events. It is copied into each booking and never changes there.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({
    name: line(100),
    kind: z.enum(RefundPolicyKind).default('CUSTOM'),
    /** Empty pays nothing back. */
    steps: z.array(PolicyStep).max(10),
    feesRefundable: z.boolean().default(false),
  }),
  output: CancellationPolicy,
  errors: ['CONFLICT'],
  http: 'POST /v1/cancellation-policies',
});

export const list = operation({
  name: 'cancellationPolicy.list',
  summary: 'The platform’s policies, then the caller’s own.',
  access: 'user',
  durability: 'read',
  scopes: ['EVENTS_READ'],
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({}),
  output: z.object({ items: z.array(CancellationPolicy) }),
  errors: [],
  http: 'GET /v1/cancellation-policies',
});
