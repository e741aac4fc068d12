import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';

export const accountRegistered = fact({
  name: 'account.registered',
  summary: 'A person made an account.',
  payload: z.object({ userId: z.uuid(), username: z.string(), registeredAt: z.iso.datetime() }),
});

export const sessionEnded = fact({
  name: 'session.ended',
  summary: 'A session ended before its time; its access tokens must no longer be taken.',
  payload: z.object({
    sessionId: z.uuid(),
    userId: z.uuid(),
    reason: z.enum(['LOGOUT', 'REVOKED', 'REUSE_DETECTED']),
    endedAt: z.iso.datetime(),
  }),
});
