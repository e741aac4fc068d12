import { z } from 'zod';
import { BlockKind } from '../../../generated/prisma/enums.ts';
import { operation, signal } from '../../../kernel/contract.ts';
import { lineOrNothing } from '../../../kernel/texts.ts';
import { Id, page, pageInput, Time } from '../../../kernel/wire.ts';
import { PublicProfile } from '../profile/contract.ts';

/** Blocks and mutes that one account may have. */
export const MAX_BLOCKS = 10_000;

const Kind = z.enum(BlockKind);

/** A person that the caller keeps away, or is not told about. */
const Block = z
  .object({
    userId: Id,
    /** BLOCK hides the two from each other; MUTE only keeps the caller from being told. */
    kind: Kind,
    /** A note that nobody but the caller ever sees. */
    reason: z.string().nullable(),
    /** When a mute ends by itself. */
    expiresAt: Time.nullable(),
    createdAt: Time,
  })
  .meta({ id: 'Block' });

export const add = operation({
  name: 'block.add',
  summary:
    'Block or mute a person; it takes the place of what there was between the two from the caller’s side. With a BLOCK neither finds, reaches or is told of the other, except in groups, at events they both come to, and where staff acts; nobody can tell a block from an account that is gone. A MUTE is seen by nobody. CONFLICT when the list is full.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 100, windowSeconds: 86_400, by: 'actor' }],
  input: z.object({
    userId: Id,
    kind: Kind.default('BLOCK'),
    reason: lineOrNothing(200).optional(),
    /** For a MUTE only: a moment to come. */
    expiresAt: Time.optional(),
  }),
  output: Block,
  errors: ['CONFLICT'],
  http: 'PUT /v1/me/blocks/{userId}',
});

export const remove = operation({
  name: 'block.remove',
  summary:
    'Take back a block or mute. Friendship and follows that a block ended stay ended; the chat of the two is there again. Taking back what is not there changes nothing.',
  access: 'user',
  durability: 'committed',
  rates: [{ limit: 200, windowSeconds: 86_400, by: 'actor' }],
  input: z.object({ userId: Id }),
  output: z.object({ removed: z.boolean() }),
  errors: [],
  http: 'DELETE /v1/me/blocks/{userId}',
});

export const list = operation({
  name: 'block.list',
  summary:
    'Whom the caller has blocked or muted, the latest first. `profile` is null for an account that is gone, or that blocked the caller.',
  access: 'user',
  durability: 'read',
  rates: [{ limit: 120, windowSeconds: 60, by: 'actor' }],
  input: z.object({ kind: Kind.optional(), ...pageInput({ most: 100, usual: 50 }) }),
  output: page(Block.extend({ profile: PublicProfile.nullable() })),
  errors: [],
  http: 'GET /v1/me/blocks',
});

export const changed = signal({
  name: 'block.changed',
  summary: 'The person blocked, muted or released somebody, on whichever device; `kind` is null for who was released.',
  data: z.object({ userId: Id, kind: Kind.nullable() }),
});
