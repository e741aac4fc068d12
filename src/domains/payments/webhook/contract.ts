import { z } from 'zod';
import { operation } from '../../../kernel/contract.ts';

/** Characters of a body, at most: with its headers it stays below the 64 KB that any call may carry. */
const MAX_BODY = 56 * 1_024;

export const receive = operation({
  name: 'webhook.receive',
  summary:
    'A payment provider tells what happened, at POST /v1/webhooks/{provider}: its body to the byte, and its headers, which carry the signature. A forged or old one is UNAUTHENTICATED and leaves no trace; one that came before is answered again and does nothing.',
  access: 'public',
  durability: 'committed',
  rates: [{ limit: 6_000, windowSeconds: 60, by: 'address' }],
  input: z.object({
    provider: z.enum(['sandbox', 'stripe']),
    /** Names in lower case. */
    headers: z.record(z.string().max(200), z.string().max(10_000)),
    body: z.string().max(MAX_BODY),
  }),
  output: z.object({
    /** RECEIVED: it speaks of something not known here yet; it is kept and tried again. */
    status: z.enum(['PROCESSED', 'IGNORED', 'QUARANTINED', 'RECEIVED']),
    duplicate: z.boolean(),
  }),
  errors: [],
});
