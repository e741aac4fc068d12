import { z } from 'zod';
import { operation, signal } from '../../kernel/contract.ts';

export const refresh = operation({
  name: 'session.refresh',
  summary: 'Go on with a newer access token of the same session, without reconnecting.',
  access: 'device',
  durability: 'ephemeral',
  rates: [{ limit: 30, windowSeconds: 60, by: 'actor' }],
  input: z.object({ token: z.string().min(1).max(4_096) }),
  output: z.object({ expiresAt: z.iso.datetime() }),
  errors: ['CONFLICT'],
});

export const ready = signal({
  name: 'session.ready',
  summary: 'The socket is signed in and may call.',
  data: z.object({ userId: z.uuid(), sessionId: z.uuid(), nodeId: z.string(), serverTime: z.iso.datetime() }),
});

export const expiring = signal({
  name: 'session.expiring',
  summary: 'The access token ends soon: call session.refresh with a newer one.',
  data: z.object({ expiresAt: z.iso.datetime() }),
});

export const drain = signal({
  name: 'session.drain',
  summary: 'This node is about to stop: reconnect after the given time, elsewhere.',
  data: z.object({ afterMs: z.number().int() }),
});

export const closed = signal({
  name: 'session.closed',
  summary: 'Why the server closes the socket right after this.',
  data: z.object({ code: z.string(), retryable: z.boolean() }),
});
