import { z } from 'zod';
import { BlockKind } from '../../generated/prisma/enums.ts';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';

export const accountRegistered = fact({
  name: 'account.registered',
  summary: 'A person made an account.',
  payload: z.object({ userId: Id, username: z.string(), registeredAt: z.iso.datetime() }),
});

export const verificationStarted = fact({
  name: 'verification.started',
  summary: 'A person is to prove an address; its code and link are to be sent there.',
  payload: z.object({ verificationId: Id, userId: Id }),
});

export const addressVerified = fact({
  name: 'identity.verified',
  summary: 'A person proved that an address is theirs.',
  payload: z.object({ userId: Id, kind: z.enum(['EMAIL']), verifiedAt: z.iso.datetime() }),
});

export const sessionEnded = fact({
  name: 'session.ended',
  summary: 'A session ended before its time; its access tokens must no longer be taken.',
  payload: z.object({
    sessionId: Id,
    userId: Id,
    reason: z.enum(['LOGOUT', 'REVOKED', 'REUSE_DETECTED', 'CROWDED_OUT']),
    endedAt: z.iso.datetime(),
  }),
});

/** A person and whom they keep away. */
const Blocking = z.object({ blockerId: Id, blockedId: Id, kind: z.enum(BlockKind) });

export const blockCreated = fact({
  name: 'block.created',
  summary: 'A person blocked or muted another.',
  payload: Blocking,
});

export const blockRemoved = fact({
  name: 'block.removed',
  summary: 'A person took a block or mute back, or replaced it by one of the other kind.',
  payload: Blocking,
});
